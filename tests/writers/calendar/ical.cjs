// Reads a calendar as Thunderbird does, strictly, and prints its events as JSON.
// argv: folder of ical.js. The file comes on standard input.
const ICAL = require(process.argv[2] + "/dist/ical.es5.cjs");
ICAL.design.strict = true;
const text = require("fs").readFileSync(0, "utf8");
const calendar = new ICAL.Component(ICAL.parse(text));
// It takes properties that it has no type for as they stand; both names are TEXT.
const text_of = ICAL.design.icalendar.value.text.fromICAL;
const value = (component, name) => component.getFirstPropertyValue(name);
const events = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    summary: event.summary,
    description: event.description,
    language: component.getFirstProperty("summary").getParameter("language"),
    start: event.startDate.toString(),
    end: event.endDate.toString(),
    allDay: event.startDate.isDate && event.endDate.isDate,
    stamp: value(component, "dtstamp").toString(),
    modified: value(component, "last-modified").toString(),
    sequence: value(component, "sequence"),
    url: value(component, "url"),
    parts: component.getAllSubcomponents().length,
  };
});
console.log(JSON.stringify({
  name: text_of(value(calendar, "x-wr-calname")),
  newer: text_of(value(calendar, "name")),
  version: value(calendar, "version"),
  method: value(calendar, "method"),
  asks: [value(calendar, "x-published-ttl"), value(calendar, "refresh-interval").toString()],
  kinds: [...new Set(calendar.getAllSubcomponents().map((part) => part.name))],
  events,
}));

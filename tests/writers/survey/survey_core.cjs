// Answers a survey in SurveyJS' own library, and prints what it did as JSON.
// argv: folder of survey-core, survey JSON file.
const [folder, file] = process.argv.slice(2);
const { Model } = require(folder);
require(folder + "/i18n/norwegian");
const json = JSON.parse(require("fs").readFileSync(file, "utf8"));
const load = () => new Model(JSON.parse(JSON.stringify(json)));
const codes = (q) => (q.choices || q.columns || []).map((item) => item.value);
const report = { questions: {} };

const first = load();
report.errors = (first.jsonErrors || []).map((error) => error.message);
report.locale = first.completeText;
report.state = first.state;
first.start();
report.afterStart = first.state;

const all = first.getAllQuestions().filter((q) => q.getType() !== "html");
const shownBy = Object.fromEntries(all.map((q) => [q.name, []]));
const hidden = all.filter((q) => !q.isVisible).map((q) => q.name);
for (const other of all.filter((q) => ["radiogroup", "checkbox"].includes(q.getType()))) {
  for (const code of codes(other)) {
    const trial = load();
    trial.setValue(other.name, other.getType() === "checkbox" ? [code] : code);
    for (const name of hidden) {
      if (trial.getQuestionByName(name).isVisible) shownBy[name].push([other.name, code]);
    }
  }
}

for (const q of all) {
  const both = (items) => items.map((item) => [item.value, item.text]);
  const rows = both(q.getType() === "matrix" ? q.rows : []);
  const options = both(q.choices || q.columns || []);
  const found = { title: q.processedTitle, options, rows, shownBy: shownBy[q.name] };
  const asked = load().getQuestionByName(q.name);
  found.visibleAtStart = asked.isVisible;
  found.acceptsNothing = asked.validate(false);
  if (q.inputType === "number") {
    found.accepts = {};
    for (const value of [-1, 0, 5, 2.5, 60, 61, 1000]) {
      asked.value = value;
      found.accepts[value] = asked.validate(true);
    }
    found.message = asked.errors.map((error) => error.getText()).join();
  }
  if (q.maxSelectedChoices) {
    asked.value = codes(asked).slice(0, q.maxSelectedChoices);
    found.acceptsMost = asked.validate(false);
    // The library closes the other boxes when the most are ticked.
    found.acceptsMore = asked.visibleChoices.some((item) => !asked.value.includes(item.value) && asked.getItemEnabled(item));
  }
  report.questions[q.name] = found;
}
console.log(JSON.stringify(report));

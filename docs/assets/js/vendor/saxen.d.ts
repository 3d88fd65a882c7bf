// What our scripts use of saxen 11.2.0: elements as they come, without namespaces.
export class Parser {
  on(name: "openTag", take: (name: string, attributes: () => Record<string, string> | false) => void): this;
  on(name: "closeTag", take: (name: string) => void): this;
  on(name: "text" | "cdata" | "attention", take: (text: string) => void): this;
  on(name: "error", take: (error: Error) => void): this;
  parse(xml: string): void;
  stop(): void;
}

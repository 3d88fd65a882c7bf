/** What we use of slimdom: its documents are like those of the browser's own DOM. */
export declare function parseXmlDocument(text: string): XMLDocument;
export declare function serializeToWellFormedString(node: Node): string;

// What our scripts use of d3-dsv 3.0.2: rows of cells. What makes objects of them would need eval.
export function dsvFormat(delimiter: string): { parseRows(text: string): string[][] };

// What our scripts use of uqr 0.1.3.
export interface QrCode {
  /** Rows of squares, true where dark. */
  data: boolean[][];
  size: number;
}
export function encode(text: string, options?: { ecc?: "L" | "M" | "Q" | "H"; border?: number }): QrCode;

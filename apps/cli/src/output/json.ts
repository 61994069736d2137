/** One JSON document with a line end; typed arrays become arrays, NaN and infinities null. */
export function toJson(document: unknown): string {
  return `${JSON.stringify(document, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value))}\n`;
}

/** A record of delimited text and the line that it begins on, from 1. */
export interface CsvRecord {
  line: number;
  cells: string[];
}

/** Records of RFC 4180: cells in quotes may hold the delimiter, line ends and doubled quotes. Empty lines are none. */
export function* csvRecords(text: string, delimiter: string): Generator<CsvRecord> {
  let line = 1;
  for (let at = 0; at < text.length;) {
    const begin = at;
    const cells: string[] = [];
    do {
      const quoted = text[at] === '"' ? closingQuote(text, at + 1) : -1;
      const inside = quoted < 0 ? '' : text.slice(at + 1, quoted).replaceAll('""', '"');
      const from = quoted < 0 ? at : quoted + 1;
      at = endOfCell(text, from, delimiter);
      cells.push(inside + text.slice(from, at).trim());
      at += 1;
    } while (text[at - 1] === delimiter);
    if (cells.length > 1 || cells[0] !== '') yield { line, cells };
    for (let i = text.indexOf('\n', begin); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) line += 1;
  }
}

/** Index of the quote that ends a cell, the end of the text where none does. */
function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at;
  return text.length;
}

/** Index of the next delimiter or line end. */
function endOfCell(text: string, from: number, delimiter: string): number {
  let at = from;
  while (at < text.length && text[at] !== delimiter && text[at] !== '\n') at += 1;
  return at;
}

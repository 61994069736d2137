import { addDays, weekday } from '@assay/calendars';
import type { Coverage } from './coverage';

const CELL = 11;
const GAP = 1;
const LEFT = 44;
const TOP = 26;
const YEAR_HEIGHT = 7 * (CELL + GAP) + 16;
const WEEKS = 54;
const COLOURS = { whole: '#2e7d32', partial: '#f9a825', none: '#c62828', closed: '#e0e0e0' };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Every session between the first bar and the last as a cell, a row of weeks a year: whole, with bars missing, without any. Days
 * without a session are grey; a bar on one of them is ringed.
 * @param outside dates of bars where the market was closed
 * @returns an SVG document that needs nothing else; each cell has its date and counts as its title
 */
export function coverageSvg(title: string, coverage: Coverage, outside: readonly string[]): string {
  const { sessions } = coverage;
  const [first, last] = [sessions[0], sessions[sessions.length - 1]];
  if (first === undefined) throw new RangeError('coverage must have at least 1 session, had 0');
  const years = Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1;
  const [width, height] = [LEFT + WEEKS * (CELL + GAP) + 8, TOP + years * YEAR_HEIGHT + 24];
  const at = new Map(sessions.map((date, session) => [date, session]));
  const ringed = new Set(outside);
  const parts: string[] = [];
  for (let year = 0; year < years; year += 1) {
    const of = Number(first.slice(0, 4)) + year;
    const top = TOP + year * YEAR_HEIGHT;
    parts.push(text(8, top + 4 * (CELL + GAP), String(of), 'font-weight="600"'));
    for (let date = `${of}-01-01`; date.startsWith(String(of)); date = addDays(date, 1)) {
      const { x, y } = placeOf(date, top);
      if (date.endsWith('-01')) parts.push(text(x, top - 3, MONTHS[Number(date.slice(5, 7)) - 1]));
      if (date < first || date > last) continue;
      parts.push(cell(date, x, y, coverage, at.get(date), ringed.has(date)));
    }
  }
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" ` +
      'font-family="system-ui, sans-serif" font-size="9">',
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(8, 12, title, 'font-size="11" font-weight="600"'),
    ...parts,
    legend(height - 12),
    '</svg>',
  ].join('\n');
}

function placeOf(date: string, top: number): { x: number; y: number } {
  const newYear = `${date.slice(0, 4)}-01-01`;
  const day = (Date.parse(date) - Date.parse(newYear)) / 86_400_000 + mondayFirst(newYear);
  return { x: LEFT + Math.floor(day / 7) * (CELL + GAP), y: top + (day % 7) * (CELL + GAP) };
}

const mondayFirst = (date: string): number => (weekday(date) + 6) % 7;

function cell(
  date: string,
  x: number,
  y: number,
  { expected, present, inside }: Coverage,
  session: number | undefined,
  isRinged: boolean,
): string {
  const [fill, says] = ((): [string, string] => {
    if (session === undefined) return [COLOURS.closed, isRinged ? 'closed, but has a bar' : 'closed'];
    if (inside[session] === 0) return [COLOURS.none, 'no bar'];
    const counts = `${present[session]} of ${expected[session]} bars`;
    return [present[session] === expected[session] ? COLOURS.whole : COLOURS.partial, counts];
  })();
  const ring = isRinged ? ' stroke="#000000" stroke-width="1.5"' : '';
  return `<rect x="${x}" y="${y}" width="${CELL}" height="${CELL}" rx="2" fill="${fill}"${ring}><title>${date}: ${says}</title></rect>`;
}

function legend(y: number): string {
  const names: [string, string][] = [
    [COLOURS.whole, 'whole session'],
    [COLOURS.partial, 'bars missing'],
    [COLOURS.none, 'session without a bar'],
    [COLOURS.closed, 'closed'],
  ];
  return names
    .map(([fill, name], i) => {
      const x = LEFT + i * 130;
      return `<rect x="${x}" y="${y - 8}" width="${CELL}" height="${CELL}" rx="2" fill="${fill}"/>${text(x + CELL + 4, y + 1, name)}`;
    })
    .join('');
}

const text = (x: number, y: number, says: string, more = ''): string =>
  `<text x="${x}" y="${y}" fill="#333333"${more && ` ${more}`}>${escaped(says)}</text>`;

const escaped = (says: string): string =>
  says.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!);

import { importWords } from './import-words';

/** Something that a reader or the quality check says about bars. */
export interface Note {
  code: string;
  message: string;
  count: number | null;
  share: number | null;
  line: number | null;
  /** Some of the times it is about, as the API writes them. */
  sample: string[];
}

const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);

const LINE = /^line (\d+): /;

/** The members that the page shows; what breaks a rule is named by its line, or as the file's, since a rule's name says nothing to a reader. */
export function noteOf(given: unknown): Note {
  const note = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>;
  const message = typeof note.message === 'string' ? note.message : '';
  const [prefix = '', line] = LINE.exec(message) ?? [];
  const isProblem = note.code === undefined && note.rule !== undefined;
  return {
    code: isProblem ? (line === undefined ? 'file' : `line ${line}`) : String(note.code ?? 'note'),
    message: isProblem ? importWords(message.slice(prefix.length)) : message,
    count: number(note.count),
    share: number(note.share),
    // told once
    line: line === undefined ? number(note.line) : null,
    sample: Array.isArray(note.sample) ? note.sample.map(String) : [],
  };
}

export interface SampleMark {
  time: number;
  kind: 'note';
  text: string;
}

/**
 * Findings at the bars of their samples: where there is no bar at that time (a missing session, say) at the next one. Those outside of the
 * bars are left out: they come into sight when more bars are loaded.
 */
export function marksOf(findings: readonly Note[], barTimes: readonly number[]): SampleMark[] {
  const first = barTimes[0];
  const last = barTimes.at(-1);
  if (first === undefined || last === undefined) return [];
  const marks = new Map<string, SampleMark>();
  for (const note of findings) {
    for (const sample of note.sample) {
      const time = Date.parse(sample);
      if (Number.isNaN(time) || time < first || time > last) continue;
      const at = barTimes[lowerBound(barTimes, time)]!;
      marks.set(`${at} ${note.code}`, { time: at, kind: 'note', text: note.code.replaceAll('_', ' ') });
    }
  }
  return [...marks.values()].sort((a, b) => a.time - b.time);
}

/** Index of the first value that is not below. */
function lowerBound(values: readonly number[], wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

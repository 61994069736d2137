/** Told the share of the work that is done, from 0 to 1, and what it is at. */
export type Progress = (fraction: number, message?: string) => void;

/** The progress of a part that runs from `from` to `to` of the whole. */
export function stretch(onProgress: Progress | undefined, from: number, to: number): Progress {
  return (fraction, message) => onProgress?.(from + (to - from) * fraction, message);
}

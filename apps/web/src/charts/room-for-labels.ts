/** A marker as far as its label is concerned. */
interface Labelled {
  time: number;
  kind: 'buy' | 'sell' | 'note';
  text: string;
}

/** Pixels between two labels of a side. */
const BETWEEN = 6;

/**
 * Which labels have room, in the order of the markers: from left to right on each side of the bars, the first one of those that would
 * overprint. Moving the picture sideways changes nothing, other distances between the bars do.
 *
 * @param markers oldest first; labels of purchases stand below the bars, all others above
 * @param xOfTime middle of a label in pixels; null where no bar is drawn at the time: then it has none
 */
export function roomForLabels(
  markers: readonly Labelled[],
  xOfTime: (time: number) => number | null,
  widthOfText: (text: string) => number,
): boolean[] {
  const ends = { below: -Infinity, above: -Infinity };
  return markers.map(({ time, kind, text }) => {
    const side = kind === 'buy' ? 'below' : 'above';
    const x = xOfTime(time);
    if (x === null) return false;
    const half = widthOfText(text) / 2;
    if (x - half < ends[side] + BETWEEN) return false;
    ends[side] = x + half;
    return true;
  });
}

/** How many of a log are shown; `total`: how many there are, undefined where that is not known. */
export function countWords(shown: number, total: number | undefined): string {
  if (total === undefined) return `The newest ${shown}`;
  return shown < total ? `The newest ${shown} of ${total}` : `${shown} in all`;
}

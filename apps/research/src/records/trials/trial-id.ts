const CELL_BITS = 26;
const LOW_BITS = 14;

/**
 * Id of the trial of a cell: a UUIDv7 with the time of its sweep's id and the cell's place in the sweep as its most
 * significant random bits. So the ledger of a sweep is in the order of its cells, whichever workers tried them and when,
 * and a cell that is tried again after a crash has the same id.
 *
 * @param sweepId UUIDv7
 * @param place from 0, below 2^26
 */
export function trialIdOf(sweepId: string, place: number): string {
  if (!Number.isInteger(place) || place < 0 || place >= 2 ** CELL_BITS)
    throw new RangeError(`place must be a whole number below ${2 ** CELL_BITS}, was ${place}`);
  const high = (place >>> LOW_BITS).toString(16).padStart(3, '0');
  const low = (0x8000 | (place & (2 ** LOW_BITS - 1))).toString(16);
  return `${sweepId.slice(0, 14)}7${high}-${low}-${sweepId.slice(24)}`;
}

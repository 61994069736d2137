import type { SweptBars } from '@assay/contracts';
import { sliceBars } from '@assay/domain';
import { fingerprintInTurns } from '@assay/market-data';
import { refuse } from '@assay/primitives';
import { fingerprintOfSeries, type UniverseInputs } from './universe-inputs';

type ReadBars = Pick<SweptBars, 'bars' | 'until' | 'fingerprint'> & { series: NonNullable<SweptBars['series']> };

/**
 * The inputs with the bars that were read before: what was added to a series since, and symbols that had no bars then, are
 * left out.
 * @throws DomainError 409 `history_changed` when those bars are no longer stored
 */
export async function cutUniverse(inputs: UniverseInputs, read: ReadBars): Promise<UniverseInputs> {
  const { pin } = inputs;
  if (pin.fingerprint === read.fingerprint) return inputs;
  const bars = new Map(inputs.series.map((one) => [one.symbol, one]));
  const pins = new Map(pin.series!.map((one) => [one.symbol, one]));
  const cut: Pick<UniverseInputs, 'series'> & { pins: NonNullable<UniverseInputs['pin']['series']> } = {
    series: [],
    pins: [],
  };
  for (const { symbol, bars: count } of read.series) {
    const [own, now] = [bars.get(symbol), pins.get(symbol)];
    if (!own || !now || now.bars < count) throw changed(pin.symbol, read, null);
    const isWhole = now.bars === count;
    const fingerprint = isWhole ? now.fingerprint : await fingerprintInTurns(own, 0, count);
    cut.series.push(isWhole ? own : sliceBars(own, 0, count));
    cut.pins.push({ ...now, fingerprint, bars: count, until: new Date(own.openTimeMs[count - 1]!).toISOString() });
  }
  const actual = fingerprintOfSeries(cut.pins);
  if (actual !== read.fingerprint) throw changed(pin.symbol, read, actual);
  const { bars: most, until, fingerprint } = read;
  return { ...inputs, series: cut.series, pin: { ...pin, series: cut.pins, bars: most, until, fingerprint } };
}

function changed(universe: string, { until, fingerprint }: ReadBars, actual: string | null): Error {
  const message = `bars of the ${universe}, until ${until} changed while they were swept: submit the sweep again`;
  return refuse('history_changed', message, { symbol: universe, expected: fingerprint, actual });
}

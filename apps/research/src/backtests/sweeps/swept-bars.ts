import type { SweptBars } from '@assay/contracts';
import { periodsPerYear } from '@assay/domain';
import { commonColumns } from '@assay/pipeline';
import { cutBars } from '../../runs/cut-bars';
import type { RunInputs } from '../../runs/run-inputs';
import { cutUniverse } from '../../runs/universe/cut-universe';
import type { UniverseInputs } from '../../runs/universe/universe-inputs';

const CHANGED = { since: 'while they were swept', next: 'submit the sweep again' };

/** What a sweep reads, of one symbol or of many. */
export type SweptInputs = { kind: 'one'; of: RunInputs } | { kind: 'universe'; of: UniverseInputs };

/** What identifies the bars that a sweep begins with. */
export function sweptBars({ kind, of }: SweptInputs): SweptBars {
  const { bars, until, fingerprint } = of.pin;
  const pinned = { bars, until, fingerprint };
  if (kind === 'one') {
    const { document, options } = of;
    const periods = options.periodsPerYear ?? periodsPerYear(document);
    return { ...pinned, columns: Object.keys(of.bars.extra), periods_per_year: periods };
  }
  return {
    ...pinned,
    columns: commonColumns(of.series),
    periods_per_year: periodsPerYear(of.document),
    series: of.pin.series!.map((one) => ({ symbol: one.symbol, bars: one.bars })),
  };
}

/**
 * The inputs with the bars that the sweep began with.
 * @throws DomainError 409 `history_changed` when they are no longer stored.
 */
export async function cutToSwept(inputs: SweptInputs, swept: SweptBars): Promise<SweptInputs> {
  if (inputs.kind === 'one') return { kind: 'one', of: await cutBars(inputs.of, swept, CHANGED) };
  return { kind: 'universe', of: await cutUniverse(inputs.of, { ...swept, series: swept.series! }) };
}

import { checkCostsOf, checkMarket, checkTargets, costPerSide } from './check-input';
import { unreadFills } from './fill-log';
import type { Costs, EngineInput, EquityPath } from './types';
import { intervenedWeightPath } from './intervened-weight-path';
import type { Interventions } from './protection/types';
import { unitPath } from './unit-path';
import { priceMoves, weightPath, type PriceMoves } from './weight-path';

/**
 * Runs many columns of targets over the same bars for their returns and equity alone, with the bits of `runVectorized`.
 * Prices are looked at once, and what depends on them alone is computed once: their columns must not change meanwhile.
 */
export class ReturnsEngine {
  private readonly path: EquityPath;
  /** Of mode `weight`. */
  private readonly moves: PriceMoves | undefined;
  private readonly input: Omit<EngineInput, 'targets'>;

  /** @throws InvalidInputError like `runVectorized`. */
  constructor(input: Omit<EngineInput, 'targets'>) {
    checkMarket(input);
    this.input = input;
    const n = input.close.length;
    this.path = { returns: new Float64Array(n), equity: new Float64Array(n) };
    if (input.mode !== 'weight') return;
    const toFill = new Float64Array(n);
    // of fill `close` nobody reads the second
    this.moves = { toFill, fromFill: input.fill === 'close' ? toFill : new Float64Array(n) };
    priceMoves(input, this.moves);
  }

  /**
   * @param costs default: those of the constructor.
   * @returns arrays that the next run overwrites.
   * @throws InvalidInputError like `runVectorized`.
   */
  run(targets: Float64Array, costs?: Costs, interventions?: Interventions): EquityPath {
    if (costs !== undefined) checkCostsOf(this.input.mode, costs);
    checkTargets(targets, this.input.close.length);
    const input = { ...this.input, targets, costs: costs ?? this.input.costs, interventions };
    const c = costPerSide(input.costs);
    if (interventions !== undefined && input.mode === 'weight')
      intervenedWeightPath(input, interventions, c, this.path);
    else if (this.moves === undefined) unitPath(input, c, unreadFills, this.path);
    else weightPath(input, c, this.moves, this.path);
    return this.path;
  }
}

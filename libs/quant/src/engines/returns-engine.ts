import { chargedUnitPath } from './charged-unit-path';
import { chargedWeightPath } from './charged-weight-path';
import { checkMarket, checkTargets } from './check-input';
import { checkCostsOf, costPerSide, isPlain } from './costs';
import { unreadFills } from './fill-log';
import type { EngineInput, EquityPath } from './types';
import { intervenedWeightPath } from './intervened-weight-path';
import { unitPath } from './unit-path';
import { priceMoves, weightPath, type PriceMoves } from './weight-path';

/** What runs over the same bars may differ in beside their targets. */
export type RunCharges = Partial<Pick<EngineInput, 'costs' | 'margin' | 'interventions'>>;

/**
 * Runs many columns of targets over the same bars for their returns and equity alone, with the bits of `runVectorized`.
 * Prices are looked at once, and what depends on them alone is computed once: their columns must not change meanwhile.
 */
export class ReturnsEngine {
  private readonly path: EquityPath;
  /** Of mode `weight`. */
  private readonly moves: PriceMoves | undefined;
  private readonly input: Omit<EngineInput, 'targets'>;
  /** What margin calls leave of the targets; nobody reads them. */
  private targets: Float64Array | undefined;

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
   * @param charges where given they take the place of those of the constructor.
   * @returns arrays that the next run overwrites.
   * @throws InvalidInputError like `runVectorized`.
   */
  run(targets: Float64Array, charges?: RunCharges): EquityPath {
    const input = { ...this.input, ...charges, targets };
    const { interventions } = input;
    if (charges?.costs !== undefined) checkCostsOf(input);
    checkTargets(targets, this.input.close.length);
    const c = costPerSide(input.costs);
    if (!isPlain(input)) {
      this.targets ??= new Float64Array(targets.length);
      if (input.mode === 'weight') chargedWeightPath(input, this.path, this.targets, null);
      else chargedUnitPath(input, unreadFills, this.path, this.targets, null);
    } else if (interventions !== undefined && input.mode === 'weight')
      intervenedWeightPath(input, interventions, c, this.path);
    else if (this.moves === undefined) unitPath(input, c, unreadFills, this.path);
    else weightPath(input, c, this.moves, this.path);
    return this.path;
  }
}

import type { Sizing } from '@assay/contracts';
import { indicators, type IndicatorStream } from '@assay/quant';
import { KellyEstimate } from './kelly-estimate';
import type { PositionSize, SizedBar } from './sized-bar';

type SizingOf<K extends Sizing['kind']> = Extract<Sizing, { kind: K }>;

/** The same share at every close. */
class ConstantSize implements PositionSize {
  constructor(private readonly share: number) {}

  next(): number {
    return this.share;
  }

  save(): Float64Array {
    return new Float64Array(0);
  }

  load(): void {
    // nothing is kept
  }
}

/** A size made of one indicator's value: NaN where that is missing. */
abstract class IndicatorSize implements PositionSize {
  private readonly stream: IndicatorStream;
  private readonly input: Float64Array;
  private readonly value = new Float64Array(1);

  constructor(key: string, inputs: number, parameters: Record<string, number>) {
    const indicator = indicators.get(key);
    if (!indicator) throw new Error(`the indicator ${key} is missing`);
    this.stream = indicator.stream(parameters);
    this.input = new Float64Array(inputs);
  }

  next(bar: SizedBar): number {
    this.take(bar, this.input);
    this.stream.update(this.input, this.value);
    const value = this.value[0];
    return value !== value ? NaN : this.sizeBy(value, bar.close);
  }

  save(): Float64Array {
    return this.stream.save();
  }

  load(state: Float64Array): void {
    this.stream.load(state);
  }

  protected abstract take(bar: SizedBar, input: Float64Array): void;
  protected abstract sizeBy(value: number, close: number): number;
}

/** annual / (sample deviation of the last `window` returns x sqrt(bars a year)); the cap in a motionless market. */
class VolatilitySize extends IndicatorSize {
  constructor(
    private readonly sizing: SizingOf<'volatility_target'>,
    periodsPerYear: number,
  ) {
    super('realised_volatility', 1, { window: sizing.window, periods_per_year: periodsPerYear });
  }

  protected take({ close }: SizedBar, input: Float64Array): void {
    input[0] = close;
  }

  protected sizeBy(volatility: number): number {
    return Math.min(this.sizing.cap, this.sizing.annual / volatility);
  }
}

/**
 * Units that lose `risk` of equity when the price moves by `multiple` average true ranges, as a share of equity: risk x close /
 * (multiple x ATR); the cap in a motionless market.
 */
class AtrRiskSize extends IndicatorSize {
  constructor(private readonly sizing: SizingOf<'atr_risk'>) {
    super('atr', 3, { window: sizing.window });
  }

  protected take({ high, low, close }: SizedBar, input: Float64Array): void {
    input[0] = high;
    input[1] = low;
    input[2] = close;
  }

  protected sizeBy(range: number, close: number): number {
    const { risk, multiple, cap } = this.sizing;
    return Math.min(cap, (risk * close) / (multiple * range));
  }
}

/** The size of a document; what bounds it, `leverage.max`, is applied by who uses it. */
export function positionSize(sizing: Sizing, periodsPerYear: number): PositionSize {
  switch (sizing.kind) {
    case 'fixed':
      return new ConstantSize(1);
    case 'percent_of_equity':
      return new ConstantSize(sizing.fraction);
    case 'volatility_target':
      return new VolatilitySize(sizing, periodsPerYear);
    case 'atr_risk':
      return new AtrRiskSize(sizing);
    case 'kelly':
      return new KellyEstimate(sizing);
  }
}

/** Leading bars without a size, where no target stands on the first `warm` bars for another reason. */
export function sizingLookback(sizing: Sizing, warm = 0): number {
  switch (sizing.kind) {
    case 'fixed':
    case 'percent_of_equity':
      return warm;
    case 'volatility_target':
    case 'atr_risk':
      return Math.max(warm, sizing.window);
    case 'kelly':
      return warm + sizing.min_returns;
  }
}

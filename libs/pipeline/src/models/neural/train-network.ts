import type { Tensor2D, Variable } from '@tensorflow/tfjs';
import { createRng, InvalidInputError, type Rng } from '@assay/quant';
import { classWeights } from '../class-weights';
import type { TrainingSet } from '../training-set';
import { validationSplit } from '../validation-split';
import type { TrainingOptions } from './network-parameters';
import { samplesOf, scalingOf, type Samples, type Scaling } from './samples';
import { tensorFlow, type TensorFlow } from './tensorflow';

/** A matrix of weights: its size, and where its first values come from. */
export interface WeightMatrix {
  rows: number;
  columns: number;
  /** Column of the constants, which no penalty holds down. */
  constant: number;
  /** The value a training begins with; `draw(limit)` is uniform in (-limit, limit). */
  initial(row: number, column: number, draw: (limit: number) => number): number;
}

/** What differs between networks: their matrices and how they become the last sum. */
export interface Architecture {
  steps: number;
  matrices: readonly WeightMatrix[];
  /**
   * The last sums of a batch, 1 x samples, from one matrix a step of (columns + 1) x samples, whose last row is ones.
   * `thin` is dropout: the identity outside of training.
   */
  forward(tf: TensorFlow, weights: readonly Tensor2D[], inputs: readonly Tensor2D[], thin: Thin): Tensor2D;
}

export type Thin = (units: Tensor2D) => Tensor2D;

export interface TrainedNetwork extends Scaling {
  /** In the order of the matrices, row-major; 32-bit values. */
  weights: Float32Array[];
  /** Passes over the rows that the kept weights have seen. */
  epochs: number;
  /** Rows with all their steps. */
  samples: number;
  validation: { rows: number; loss: number } | null;
}

/** Fewer samples than this tell a network nothing. */
export const LEAST_SAMPLES = 20;

/**
 * Trains by Adam (Kingma and Ba 2015) on the log loss, or on the squared error of a regression. First weights, the order of the rows in each epoch and dropout
 * come from the seed alone, and sums are taken on one thread in one order: same rows, same seed, same weights. The rows
 * must have samples enough, see `hasSamples`.
 */
export function trainNetwork(
  set: TrainingSet,
  architecture: Architecture,
  options: TrainingOptions,
  seed: number,
): TrainedNetwork {
  const { steps } = architecture;
  const { rows, tail: tailRows } = partsOf(set, options);
  const scaling = scalingOf(rows);
  const samples = samplesOf(rows, steps, scaling, classWeights(options.classWeight, rows));
  const tail = tailRows && samplesOf(tailRows, steps, scaling);
  const training = new Training(architecture, options, set.task, createRng(seed));
  try {
    const { epochs, loss } = training.run(samples, tail !== null && tail.count > 0 ? tail : null);
    const validation = loss === null ? null : { rows: tail!.count, loss };
    const weights = training.weights();
    requireFinite(weights, options);
    return { ...scaling, weights, epochs, samples: samples.count, validation };
  } finally {
    training.dispose();
  }
}

/** A step that is too long, or a penalty that leaves the range of 32 bits, ends in no weights at all. */
function requireFinite(weights: readonly Float32Array[], { rate, l2 }: TrainingOptions): void {
  if (weights.every((matrix) => matrix.every(Number.isFinite))) return;
  const message = `params.learning_rate and params.l2 must be small enough for finite weights, were ${rate} and ${l2}: the training ended without`;
  throw new InvalidInputError(message, { field: 'params.learning_rate', rule: 'finite_weights', value: rate });
}

/** Whether enough of the rows that are fitted on have all their steps, and these two labels. */
export function hasSamples(set: TrainingSet, steps: number, options: TrainingOptions): boolean {
  const { rows } = partsOf(set, options);
  const { count, labels } = samplesOf(rows, steps, scalingOf(rows));
  return count >= LEAST_SAMPLES && labels.some((label) => label !== labels[0]);
}

/** The rows that are fitted on, and those that early stopping looks at. */
function partsOf(
  set: TrainingSet,
  { patience, validationFraction }: TrainingOptions,
): { rows: TrainingSet; tail: TrainingSet | null } {
  const split = patience > 0 ? validationSplit(set, validationFraction) : null;
  return { rows: split?.fit ?? set, tail: split?.tail ?? null };
}

class Training {
  private readonly tf = tensorFlow();
  private readonly variables: Variable[];
  private readonly free: Tensor2D[];
  private readonly optimiser;

  constructor(
    private readonly architecture: Architecture,
    private readonly options: TrainingOptions,
    private readonly task: TrainingSet['task'],
    private readonly rng: Rng,
  ) {
    const { tf } = this;
    const draw = (limit: number): number => limit * (2 * rng.next() - 1);
    this.variables = architecture.matrices.map(({ rows, columns, initial }) => {
      const values = Float32Array.from({ length: rows * columns }, (_, i) =>
        initial(Math.floor(i / columns), i % columns, draw),
      );
      return tf.variable(tf.tensor2d(values, [rows, columns]));
    });
    // what the penalty looks at: all weights but the constants
    this.free = architecture.matrices.map(({ rows, columns, constant }) =>
      tf.tensor2d(
        Float32Array.from({ length: rows * columns }, (_, i) => Number(i % columns !== constant)),
        [rows, columns],
      ),
    );
    this.optimiser = tf.train.adam(options.rate);
  }

  /** The epochs behind the weights that are kept, and their loss on the tail. */
  run(samples: Samples, tail: Samples | null): { epochs: number; loss: number | null } {
    const { epochs, batch, patience } = this.options;
    const order = Array.from({ length: samples.count }, (_, i) => i);
    let best = { epochs, loss: Infinity, weights: null as Float32Array[] | null };
    for (let epoch = 1; epoch <= epochs; epoch++) {
      this.rng.shuffle(order);
      for (let at = 0; at < order.length; at += batch) this.step(samples, order.slice(at, at + batch));
      if (tail === null) continue;
      const loss = this.lossOn(tail);
      if (loss < best.loss) best = { epochs: epoch, loss, weights: this.weights() };
      else if (epoch - best.epochs >= patience || Number.isNaN(loss)) break;
    }
    if (tail === null || best.weights === null) return { epochs, loss: null };
    this.restore(best.weights);
    return { epochs: best.epochs, loss: best.loss };
  }

  weights(): Float32Array[] {
    return this.variables.map((variable) => variable.dataSync<'float32'>().slice());
  }

  dispose(): void {
    this.tf.dispose([...this.variables, ...this.free]);
    this.optimiser.dispose();
  }

  private step(samples: Samples, chosen: readonly number[]): void {
    const { tf, variables, options } = this;
    const thin: Thin = options.dropout > 0 ? (units) => this.thinned(units) : (units) => units;
    tf.tidy(() => {
      const inputs = this.inputsOf(samples, chosen);
      this.optimiser.minimize(() => tf.add(this.loss(samples, chosen, inputs, thin), this.penalty()), false, variables);
    });
  }

  private loss(samples: Samples, chosen: readonly number[], inputs: readonly Tensor2D[], thin: Thin) {
    const { tf } = this;
    const sums = this.architecture.forward(tf, this.variables as unknown as Tensor2D[], inputs, thin);
    const row = (values: Float64Array): Tensor2D =>
      tf.tensor2d(
        Float32Array.from(chosen, (i) => values[i]!),
        [1, chosen.length],
      );
    const [labels, weights] = [row(samples.labels), row(samples.weights)];
    if (this.task === 'regression') return tf.losses.meanSquaredError(labels, sums, weights).asScalar();
    return tf.losses.sigmoidCrossEntropy(labels, sums, weights).asScalar();
  }

  private lossOn(samples: Samples): number {
    const all = Array.from({ length: samples.count }, (_, i) => i);
    return this.tf.tidy(
      () => this.loss(samples, all, this.inputsOf(samples, all), (units) => units).dataSync<'float32'>()[0]!,
    );
  }

  private penalty() {
    const { tf, variables, free, options } = this;
    if (options.l2 === 0) return tf.scalar(0);
    const squares = variables.map((variable, m) => tf.sum(tf.square(tf.mul(variable, free[m]!))));
    return tf.mul(options.l2 / 2, tf.addN(squares)).asScalar();
  }

  private thinned(units: Tensor2D): Tensor2D {
    const kept = 1 - this.options.dropout;
    const mask = Float32Array.from({ length: units.size }, () => (this.rng.next() < kept ? 1 / kept : 0));
    return this.tf.mul(units, this.tf.tensor2d(mask, units.shape));
  }

  private inputsOf({ steps, columns, values }: Samples, chosen: readonly number[]): Tensor2D[] {
    const size = chosen.length;
    return Array.from({ length: steps }, (_, t) => {
      const step = new Float32Array((columns + 1) * size).fill(1);
      chosen.forEach((sample, i) => {
        const from = (sample * steps + t) * columns;
        for (let c = 0; c < columns; c++) step[c * size + i] = values[from + c]!;
      });
      return this.tf.tensor2d(step, [columns + 1, size]);
    });
  }

  private restore(weights: readonly Float32Array[]): void {
    this.variables.forEach((variable, m) => {
      this.tf.tidy(() => variable.assign(this.tf.tensor(weights[m]!, variable.shape)));
    });
  }
}

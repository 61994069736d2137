import type { ParameterSchema } from '@assay/contracts';

export const CLASS_WEIGHT: ParameterSchema = {
  type: 'string',
  enum: ['none', 'balanced'],
  default: 'none',
  description: 'balanced: both labels weigh the same in all',
};

/** A weight per row: all rows / (2 x rows of the same label); undefined where all weigh 1. */
export function classWeights(kind: unknown, labels: Float64Array): Float64Array | undefined {
  if (kind !== 'balanced') return undefined;
  let ones = 0;
  for (let i = 0; i < labels.length; i++) ones += labels[i]!;
  const [zero, one] = [labels.length / (2 * (labels.length - ones)), labels.length / (2 * ones)];
  return labels.map((label) => (label === 1 ? one : zero));
}

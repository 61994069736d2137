import { must } from './schema/must';
import { integer } from './schema/texts';
import { WireDocument, type Stated, type Zod } from './schema/wire-document';

/** What a model learns to say: the chance of the label 1, or a number. */
export const MODEL_TASKS = ['classification', 'regression'] as const;
export type ModelTask = (typeof MODEL_TASKS)[number];

/** Most bars that a label looks ahead. */
export const LONGEST_HORIZON = 1000;

const horizon = (z: Zod) => integer(z).min(1).max(LONGEST_HORIZON).meta({ description: 'bars ahead' });
const input = (z: Zod) => z.string().min(1).max(64);

/** 1 where the close is higher after `horizon` bars, else 0. */
const forwardReturnSign = (z: Zod) => z.strictObject({ kind: z.literal('forward_return_sign'), horizon: horizon(z) });

/** The simple return of the close over `horizon` bars. */
const forwardReturn = (z: Zod) => z.strictObject({ kind: z.literal('forward_return'), horizon: horizon(z) });

/** What a barrier's distance is measured in, as a fraction of the price, known at the close of the event. */
const width = (z: Zod) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('fixed'), fraction: z.number().gt(0).max(10) }),
    z
      .strictObject({ kind: z.literal('volatility'), window: integer(z).min(2).max(LONGEST_HORIZON) })
      .meta({ description: 'standard deviation of the last `window` simple returns of the close, a bar' }),
    z
      .strictObject({ kind: z.literal('input'), name: input(z) })
      .meta({ description: 'what an input of the model says at the event; no event where that is not above 0' }),
  ]);

const events = (z: Zod) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('every_bar') }),
    z
      .strictObject({ kind: z.literal('cusum'), widths: z.number().gt(0) })
      .meta({ description: 'bars at which the returns since the last event sum to more than so many widths' }),
  ]);

const barrier = (z: Zod) => z.number().gt(0).nullable();
const hasBarrier = must('barrier', 'have a profit or a stop');

/** Which barrier the close touches first, see `tripleBarrierLabels`. */
const tripleBarrier = (z: Zod) =>
  z
    .strictObject({
      kind: z.literal('triple_barrier'),
      horizon: horizon(z),
      width: width(z),
      profit: barrier(z).meta({ description: 'in widths, on the side that is taken; null: no such barrier' }),
      stop: barrier(z).meta({ description: 'in widths, against the side; null: no such barrier' }),
      side: input(z).nullable().meta({
        description:
          'an input of the model whose sign is the side of the primary rule: labels then say whether it gained, and a bar without a side is no event; null: long everywhere',
      }),
      events: events(z),
    })
    .refine(({ profit, stop }) => profit !== null || stop !== null, hasBarrier);

const TASK_OF_LABEL = {
  forward_return_sign: 'classification',
  forward_return: 'regression',
  triple_barrier: 'classification',
} as const satisfies Record<string, ModelTask>;

/** Labels that a model of these tasks can learn. */
export function label(z: Zod, tasks: readonly ModelTask[] = MODEL_TASKS) {
  const all = [forwardReturnSign(z), forwardReturn(z), tripleBarrier(z)] as const;
  const fitting = all.filter(({ shape }) => tasks.includes(TASK_OF_LABEL[shape.kind.value]));
  return z.discriminatedUnion('kind', fitting as unknown as typeof all);
}

export type ModelLabel = Stated<typeof label>;
export type TripleBarrierLabel = Extract<ModelLabel, { kind: 'triple_barrier' }>;

export const taskOf = ({ kind }: Pick<ModelLabel, 'kind'>): ModelTask => TASK_OF_LABEL[kind];

export const modelLabelDocument = new WireDocument('urn:assay:schema:model-label:v1', (z) => label(z));

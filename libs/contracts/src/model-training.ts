import { must } from './schema/must';
import { integer } from './schema/texts';
import { WireDocument, type Stated, type Zod } from './schema/wire-document';

const isStated = must('min_properties', 'state something, or be left out');

/** What an input is judged by before a fit. */
export const SELECTION_SCORES = ['f_statistic', 'mutual_information', 'variance'] as const;

/** Which of the inputs a fit reads, by a score of each of them alone on the rows that it is fitted on. */
const selection = (z: Zod) =>
  z
    .strictObject({
      score: z.enum(SELECTION_SCORES).meta({
        description:
          'of each input: F of a one-way analysis of variance by label, or of a straight line for labels that are numbers; mutual information in nats of bins of equally many rows; or the variance, which knows nothing of the labels',
      }),
      keep: z.discriminatedUnion('kind', [
        z
          .strictObject({ kind: z.literal('best'), count: integer(z).min(1) })
          .meta({ description: 'so many inputs, those of the highest scores; of equal ones the first' }),
        z
          .strictObject({ kind: z.literal('share'), fraction: z.number().gt(0).lt(1) })
          .meta({ description: 'that part of the inputs, rounded up, those of the highest scores' }),
        z
          .strictObject({ kind: z.literal('above'), score: z.number() })
          .meta({ description: 'every input whose score is above this' }),
      ]),
    })
    .meta({
      description:
        'the inputs that the model reads, chosen anew in every fit by its own training rows alone; an input without a score, such as one that does not vary, is not read',
    });

export type ModelSelection = Stated<typeof selection>;

/** How the rows of a fit count, which inputs it reads, and what is done with its chances. Each field is there only where it changes the fit. */
export const training = (z: Zod) =>
  z
    .strictObject({
      class_weight: z.literal('balanced').meta({ description: 'both labels weigh the same in all' }).optional(),
      uniqueness: z
        .literal(true)
        .meta({ description: 'each row weighs its average uniqueness among the labels alive at the same bars' })
        .optional(),
      time_decay: z
        .number()
        .min(0)
        .lt(1)
        .meta({ description: 'weight of the oldest row beside the newest, linear in the uniqueness in between' })
        .optional(),
      bootstrap: z
        .literal('sequential')
        .meta({ description: 'trees draw rows the rather the less their labels overlap those drawn before' })
        .optional(),
      selection: selection(z).optional(),
      calibration: z
        .strictObject({
          kind: z.enum(['platt', 'isotonic']),
          fraction: z.number().gt(0).max(0.5).meta({
            description: 'part of the training rows, the last ones, that it is fitted on and the model is not',
          }),
        })
        .optional(),
    })
    .refine((stated) => Object.keys(stated).length > 0, isStated);

export type ModelTraining = Stated<typeof training>;

export const modelTrainingDocument = new WireDocument('urn:assay:schema:model-training:v1', training);

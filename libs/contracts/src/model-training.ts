import { must } from './schema/must';
import { WireDocument, type Stated, type Zod } from './schema/wire-document';

const isStated = must('min_properties', 'state something, or be left out');

/** How the rows of a fit count, and what is done with its chances. Each field is there only where it changes the fit. */
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

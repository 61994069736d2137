import { WireDocument, type DocumentOf } from './schema/wire-document';

/** Kinds of signal logic that one symbol's strategies have; both are rule trees to whoever evaluates them. */
export const SIGNAL_PLUGINS = ['rule_tree', 'threshold'] as const;
export type SignalPlugin = (typeof SIGNAL_PLUGINS)[number];

export const thresholdParamsDocument = () =>
  new WireDocument('urn:assay:schema:signal-threshold:v1', (z) =>
    z.strictObject({
      field: z.string().min(1).meta({ description: 'A feature, `prediction`, or a bar column such as `close`.' }),
      enter: z.number().meta({ description: 'Beyond it the position is long.' }),
      exit: z.number().meta({
        description:
          'Beyond it on the other side the position is flat, or short with position_mode `long_short`. Between the two it stays as it is.',
      }),
      long: z
        .enum(['above', 'below'])
        .meta({ description: '`above`: long above enter, out below exit; `below`: long below enter, out above exit.' })
        .default('above'),
    }),
  );

/** Levels with hysteresis. */
export type ThresholdParams = DocumentOf<ReturnType<typeof thresholdParamsDocument>>;

import { hasMarginAlone, marginAlone } from './margin-alone';
import type { input } from 'zod';
import { entryOrder, protection } from './protection';
import { integer } from './schema/texts';
import { WireDocument, type Zod } from './schema/wire-document';
import { costs } from './costs';
import { sizing } from './sizing';

const statedCosts = (z: Zod) => {
  const { fee_bps, slippage_bps, spread_bps, ...further } = costs(z).shape;
  return z
    .strictObject({ fee_bps, slippage_bps: slippage_bps.default(0), spread_bps: spread_bps.default(0), ...further })
    .meta({ description: 'Per side, in basis points of the traded notional; and what else a position costs.' });
};

/** Costs as a request states them: those that it leaves out are 0. */
export const statedCostsDocument = new WireDocument('urn:assay:schema:costs:v1', statedCosts);

/** How a pipeline strategy is sized, filled and charged; each field that is given replaces the whole one before. */
const pipelineConfig = (z: Zod) =>
  z
    .strictObject({
      sizing: sizing(z).optional(),
      costs: statedCosts(z).optional(),
      mode: z.enum(['weight', 'all_in']).meta({ description: 'accounting mode' }).optional(),
      fill: z.enum(['next_open', 'close']).optional(),
      trading_period: integer(z)
        .min(1)
        .max(1_000_000)
        .meta({
          description:
            'periods per year; default: the sessions of the market whose bars are stored (365 for CRYPTO), else 252',
        })
        .optional(),
      capital: z.number().gt(0).optional(),
      protection: protection(z).nullable().optional().meta({ description: 'Stops and targets; null takes them away.' }),
      entry_order: entryOrder(z)
        .nullable()
        .optional()
        .meta({ description: 'How positions are entered; null: at the market.' }),
    })
    .refine(hasMarginAlone, marginAlone);

export const pipelineConfigDocument = new WireDocument('urn:assay:schema:pipeline-config:v1', pipelineConfig);
/** As a request states it. */
export type PipelineConfigInput = input<ReturnType<typeof pipelineConfig>>;

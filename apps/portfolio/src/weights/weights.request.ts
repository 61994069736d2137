import { EnumField } from '@assay/platform';

/** How weights can be made; others are refused with this list. */
export const METHODS = ['equal'] as const;
export type WeightsMethod = (typeof METHODS)[number];

export class WeightsQuery {
  @EnumField({ values: METHODS, optional: true, default: 'equal' }) method?: WeightsMethod;
}

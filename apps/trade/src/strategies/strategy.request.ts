import { ArrayField, BooleanField, IntegerField } from '@assay/platform';
import { TimePageQueryDto } from '../listing/time-page';

/** Most strategies that one question may name. */
const MOST_NAMED = 100;

export class StrategyListQueryDto extends TimePageQueryDto {
  @ArrayField('uuid', {
    optional: true,
    min: 1,
    max: MOST_NAMED,
    description: 'Comma-separated ids: only these. What is not there, or not yours, is left out.',
  })
  ids?: string[];
  @BooleanField({ optional: true, description: 'Also those marked inactive.' })
  include_inactive?: boolean;
}

export class StrategyQueryDto {
  @IntegerField({ optional: true, min: 1, description: 'The newest when absent.' })
  revision?: number;
}

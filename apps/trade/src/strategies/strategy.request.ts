import { BooleanField, IntegerField } from '@assay/platform';
import { TimePageQueryDto } from '../listing/time-page';

export class StrategyListQueryDto extends TimePageQueryDto {
  @BooleanField({ optional: true, description: 'Also those marked inactive.' })
  include_inactive?: boolean;
}

export class StrategyQueryDto {
  @IntegerField({ optional: true, min: 1, description: 'The newest when absent.' })
  revision?: number;
}

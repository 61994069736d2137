import { BarEntity } from './bar.entity';
import { CorporateActionEntity } from './corporate-action.entity';
import { FeedBudgetEntity } from './feed-budget.entity';
import { NewsEntity } from './news.entity';
import { ObservationEntity } from './observation.entity';
import { ObservationSeriesEntity } from './observation-series.entity';
import { QualityEntity } from './quality.entity';
import { SeriesEntity } from './series.entity';
import { SubscriptionEntity } from './subscription.entity';

/** Every entity of schema `market`. */
export const marketEntities = [
  SeriesEntity,
  BarEntity,
  CorporateActionEntity,
  ObservationSeriesEntity,
  ObservationEntity,
  NewsEntity,
  QualityEntity,
  SubscriptionEntity,
  FeedBudgetEntity,
];

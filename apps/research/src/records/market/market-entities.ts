import { BarEntity } from './bar.entity';
import { FeedBudgetEntity } from './feed-budget.entity';
import { QualityEntity } from './quality.entity';
import { SeriesEntity } from './series.entity';
import { SubscriptionEntity } from './subscription.entity';

/** Every entity of schema `market`. */
export const marketEntities = [SeriesEntity, BarEntity, QualityEntity, SubscriptionEntity, FeedBudgetEntity];

import { BarEntity } from './bar.entity';
import { QualityEntity } from './quality.entity';
import { SeriesEntity } from './series.entity';

/** Every entity of schema `market`. */
export const marketEntities = [SeriesEntity, BarEntity, QualityEntity];

import { PersistenceModule } from '@assay/persistence';
import { Module } from '@nestjs/common';
import { MemberEntity } from './weights/member.entity';
import { PromotionsConsumer } from './weights/promotions.consumer';
import { WeightsController } from './weights/weights.controller';

export const PORTFOLIO_ENTITIES = [MemberEntity];

@Module({
  imports: [PersistenceModule.forService({ service: 'portfolio', process: 'http', entities: PORTFOLIO_ENTITIES })],
  controllers: [WeightsController, PromotionsConsumer],
})
export class PortfolioModule {}

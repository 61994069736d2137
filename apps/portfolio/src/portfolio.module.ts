import { PersistenceModule } from '@assay/persistence';
import { Module } from '@nestjs/common';
import { MemberEntity } from './records/members/member.entity';
import { MemberStore } from './records/members/member.store';
import { PromotionsConsumer } from './weights/promotions.consumer';
import { WeightsController } from './weights/weights.controller';
import { WeightsService } from './weights/weights.service';

export const PORTFOLIO_ENTITIES = [MemberEntity];

@Module({
  imports: [PersistenceModule.forService({ service: 'portfolio', process: 'http', entities: PORTFOLIO_ENTITIES })],
  controllers: [WeightsController, PromotionsConsumer],
  providers: [MemberStore, WeightsService],
})
export class PortfolioModule {}

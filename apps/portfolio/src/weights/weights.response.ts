import { ApiProperty } from '@nestjs/swagger';
import { METHODS, type WeightsMethod } from './weights.request';

class SymbolWeightDto {
  @ApiProperty() symbol: string;
  @ApiProperty({ description: 'fraction of capital' }) weight: number;
}

class StrategyWeightDto {
  @ApiProperty({ format: 'uuid' }) strategy_id: string;
  @ApiProperty() name: string;
  @ApiProperty({ type: 'integer' }) revision: number;
  @ApiProperty() policy: string;
  @ApiProperty() paper_only: boolean;
  @ApiProperty({ description: 'fraction of capital' }) weight: number;
  @ApiProperty({ type: [SymbolWeightDto] }) symbols: SymbolWeightDto[];
  @ApiProperty({ format: 'date-time' }) promoted_at: string;
}

export class WeightsDto {
  @ApiProperty({ enum: METHODS }) method: WeightsMethod;
  @ApiProperty({ format: 'date-time' }) as_of: string;
  @ApiProperty({ type: [StrategyWeightDto] }) items: StrategyWeightDto[];
}

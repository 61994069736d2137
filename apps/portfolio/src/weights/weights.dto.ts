import { ApiProperty } from '@nestjs/swagger';

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
  @ApiProperty({ enum: ['equal'] }) method: 'equal';
  @ApiProperty({ format: 'date-time' }) as_of: string;
  @ApiProperty({ type: [StrategyWeightDto] }) items: StrategyWeightDto[];
}

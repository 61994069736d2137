import { EnumField } from '@assay/platform';
import { ApiProperty } from '@nestjs/swagger';

/** How weights can be made; others are refused with this list. */
export const METHODS = ['equal'] as const;

export class WeightsQuery {
  @EnumField({ values: METHODS, optional: true, default: 'equal' }) method?: (typeof METHODS)[number];
}

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
  @ApiProperty({ enum: METHODS }) method: (typeof METHODS)[number];
  @ApiProperty({ format: 'date-time' }) as_of: string;
  @ApiProperty({ type: [StrategyWeightDto] }) items: StrategyWeightDto[];
}

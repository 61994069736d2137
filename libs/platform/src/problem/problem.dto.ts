import { PROBLEM_CODES } from '@assay/primitives';
import { ApiProperty } from '@nestjs/swagger';

class FieldProblemDto {
  @ApiProperty() field: string;
  @ApiProperty() rule: string;
  @ApiProperty({ nullable: true, type: Object }) value: unknown;
  @ApiProperty() message: string;
}

/** RFC 9457 body, for the OpenAPI document only. */
export class ProblemDto {
  @ApiProperty({ example: 'urn:assay:problem:validation_failed' }) type: string;
  @ApiProperty() title: string;
  @ApiProperty({ type: 'integer' }) status: number;
  @ApiProperty() detail: string;
  @ApiProperty({ enum: PROBLEM_CODES }) code: string;
  @ApiProperty({ required: false }) instance?: string;
  @ApiProperty({ required: false }) correlation_id?: string;
  @ApiProperty({ required: false, type: [FieldProblemDto] }) errors?: FieldProblemDto[];
}

import type { JobDocument, JobState, Problem } from '@assay/contracts';
import { JOB_STATES } from '@assay/contracts';
import { ApiProperty, OmitType } from '@nestjs/swagger';
import { EnumField, IntegerField, StringField, UuidField } from '../dto';
import { ProblemDto } from '../problem';

export class JobDto implements JobDocument {
  @ApiProperty({ format: 'uuid' }) id: string;
  @ApiProperty({ example: 'backtest.execute' }) kind: string;
  @ApiProperty({ enum: JOB_STATES }) state: JobState;
  @ApiProperty({ minimum: 0, maximum: 1 }) progress: number;
  @ApiProperty({ nullable: true, type: String }) message: string | null;
  @ApiProperty({ nullable: true, type: String, format: 'uuid' }) subject_id: string | null;
  @ApiProperty({
    ...{ nullable: true, type: String, example: 'SPX 1d from mine' },
    description: 'what it is about, as that was named when the job was asked for: a strategy, a model, a series',
  })
  about: string | null;
  @ApiProperty({ nullable: true, type: Object }) result: unknown;
  @ApiProperty({ nullable: true, type: ProblemDto }) error: Problem | null;
  @ApiProperty({ type: 'integer' }) attempts: number;
  @ApiProperty({ format: 'date-time' }) created_at: string;
  @ApiProperty({ nullable: true, type: String, format: 'date-time' }) started_at: string | null;
  @ApiProperty({ nullable: true, type: String, format: 'date-time' }) finished_at: string | null;
}

export class ListedJobDto extends OmitType(JobDto, ['result']) {}

export class JobListDto {
  @ApiProperty({ type: [ListedJobDto], description: 'without their results: GET /jobs/{id} has the result' })
  items: ListedJobDto[];
  @ApiProperty({ nullable: true, type: String }) next_cursor: string | null;
}

export class JobListQuery {
  @EnumField({ values: JOB_STATES, optional: true }) state?: JobState;
  @StringField({ optional: true, max: 64 }) kind?: string;
  @UuidField({ optional: true }) subject_id?: string;
  @UuidField({ optional: true, description: 'the shards of this job; default: whole jobs only' }) parent_id?: string;
  @IntegerField({ optional: true, min: 1, max: 200, default: 50 }) limit?: number;
  @UuidField({ optional: true, description: 'next_cursor of the page before' }) cursor?: string;
}

import { StringField, UuidField } from '@assay/platform';

/** A job was accepted; follow it at `/jobs/{job_id}`. */
export class AcceptedJobDto {
  @UuidField() job_id: string;
  @StringField({ example: 'queued' }) state: string;
  @UuidField({ nullable: true, description: 'the backtest, validation, model or feature it works on' })
  subject_id: string | null;
}

export const acceptedJob = (job: { id: string; state: string; subjectId: string | null }): AcceptedJobDto => ({
  job_id: job.id,
  state: job.state,
  subject_id: job.subjectId,
});

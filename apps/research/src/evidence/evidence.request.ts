import { EnumField, IntegerField } from '@assay/platform';

export const EVIDENCE_OF = ['judgement', 'promotion'] as const;

export class EvidenceQuery {
  @IntegerField({ optional: true, min: 1, description: 'default: the newest' }) revision?: number;
  @EnumField({
    values: EVIDENCE_OF,
    optional: true,
    default: 'judgement',
    description:
      'judgement: what the verdicts as they stand follow from; promotion: what the newest promotion of the revision rests on',
  })
  of?: (typeof EVIDENCE_OF)[number];
}

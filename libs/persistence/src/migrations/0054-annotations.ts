import type { Migration } from './migration';

const SUBJECTS: readonly [table: string, kind: string][] = [
  ['research.strategy', 'strategy'],
  ['research.backtest', 'backtest'],
  ['research.validation', 'validation'],
  ['research.feature', 'feature'],
  ['research.model', 'model'],
  ['research.signal_logic', 'signal'],
  ['research.dataset', 'dataset'],
  ['research.trial', 'experiment'],
];

const forgotten = (table: string, kind: string, when = ''): string => `
    CREATE TRIGGER annotation_forgotten AFTER DELETE ON ${table}
      FOR EACH ROW ${when} EXECUTE FUNCTION research.forget_annotation('${kind}');`;

/** Notes and tags of what an owner has. They go with their subject, whichever statement or cascade deletes it. */
export const migration: Migration = {
  name: '0054-annotations',
  up: `
    CREATE TABLE research.annotation (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      kind text NOT NULL,
      subject_id uuid NOT NULL,
      note text,
      tags text[] NOT NULL,
      version integer NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CONSTRAINT annotation_pkey PRIMARY KEY (id),
      CONSTRAINT annotation_subject_key UNIQUE (owner_id, kind, subject_id)
    );
    CREATE INDEX annotation_of_idx ON research.annotation (kind, subject_id);

    CREATE FUNCTION research.forget_annotation() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      DELETE FROM research.annotation WHERE kind = TG_ARGV[0] AND subject_id = OLD.id;
      RETURN NULL;
    END $$;
    ${SUBJECTS.map(([table, kind]) => forgotten(table, kind)).join('')}
    ${forgotten('ops.job', 'sweep', "WHEN (OLD.kind = 'backtest.sweep')")}
  `,
  down: `
    ${[...SUBJECTS.map(([table]) => table), 'ops.job'].map((table) => `DROP TRIGGER annotation_forgotten ON ${table};`).join(' ')}
    DROP FUNCTION research.forget_annotation();
    DROP TABLE research.annotation;
  `,
};

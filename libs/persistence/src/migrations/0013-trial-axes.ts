import type { Migration } from './migration';

/** Trials over the same bars share their times; a series without an axis holds its own, as before. */
export const migration: Migration = {
  name: '0013-trial-axes',
  up: `
    CREATE TABLE research.trial_axis (
      sha256 text NOT NULL,
      bars integer NOT NULL,
      open_times bytea NOT NULL,
      CONSTRAINT trial_axis_pkey PRIMARY KEY (sha256)
    );
    ALTER TABLE research.trial ADD COLUMN axis_sha256 text
      CONSTRAINT trial_axis_fkey REFERENCES research.trial_axis(sha256);
    -- deflated already: compressing again would only cost time
    ALTER TABLE research.trial ALTER COLUMN series SET STORAGE EXTERNAL;
  `,
};

import type { Migration } from './migration';

export const migration: Migration = {
  name: '0010-research-definitions',
  up: `
    CREATE TABLE research.strategy (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      name text NOT NULL,
      description text,
      kind text NOT NULL,
      universe jsonb NOT NULL,
      source text,
      timeframe text NOT NULL,
      feature_ids jsonb NOT NULL,
      model_id uuid,
      signal_logic_id uuid,
      pipeline_config jsonb NOT NULL,
      document jsonb,
      revision integer NOT NULL,
      promoted_revision integer,
      lineage_id uuid NOT NULL,
      cloned_from uuid,
      version integer NOT NULL,
      archived_at timestamptz,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CONSTRAINT strategy_pkey PRIMARY KEY (id)
    );
    CREATE INDEX strategy_lineage_idx ON research.strategy (owner_id, lineage_id);
    CREATE INDEX strategy_owner_idx ON research.strategy (owner_id, id);

    CREATE TABLE research.strategy_revision (
      strategy_id uuid NOT NULL,
      revision integer NOT NULL,
      owner_id uuid NOT NULL,
      config_hash text NOT NULL,
      recipe jsonb NOT NULL,
      status text NOT NULL,
      artifact jsonb,
      history_anchor jsonb,
      gates jsonb,
      validated_under jsonb NOT NULL,
      gate_facts jsonb,
      gates_at timestamptz,
      created_at timestamptz NOT NULL,
      CONSTRAINT strategy_revision_pkey PRIMARY KEY (strategy_id, revision),
      CONSTRAINT strategy_revision_strategy_fkey FOREIGN KEY (strategy_id) REFERENCES research.strategy(id) ON DELETE CASCADE
    );
    CREATE INDEX strategy_revision_hash_idx ON research.strategy_revision (config_hash);

    CREATE TABLE research.feature (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      name text NOT NULL,
      plugin text NOT NULL,
      params jsonb NOT NULL,
      revision integer NOT NULL,
      hash text NOT NULL,
      version integer NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CONSTRAINT feature_pkey PRIMARY KEY (id)
    );
    CREATE INDEX feature_owner_idx ON research.feature (owner_id, id);

    CREATE TABLE research.feature_revision (
      id uuid NOT NULL,
      revision integer NOT NULL,
      hash text NOT NULL,
      content jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT feature_revision_pkey PRIMARY KEY (id, revision),
      CONSTRAINT feature_revision_parent_fkey FOREIGN KEY (id) REFERENCES research.feature(id) ON DELETE CASCADE
    );

    CREATE TABLE research.dataset (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      feature_id uuid NOT NULL,
      feature_revision integer NOT NULL,
      hash text NOT NULL,
      source text NOT NULL,
      symbol text NOT NULL,
      timeframe text NOT NULL,
      start_at timestamptz NOT NULL,
      end_at timestamptz NOT NULL,
      rows integer NOT NULL,
      uri text NOT NULL,
      fingerprints jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT dataset_owner_hash_key UNIQUE (owner_id, hash),
      CONSTRAINT dataset_pkey PRIMARY KEY (id),
      CONSTRAINT dataset_feature_fkey FOREIGN KEY (feature_id) REFERENCES research.feature(id)
    );
    CREATE INDEX dataset_feature_idx ON research.dataset (feature_id, created_at);

    CREATE TABLE research.model (
      id uuid NOT NULL,
      owner_id uuid,
      name text NOT NULL,
      kind text NOT NULL,
      feature_ids jsonb NOT NULL,
      label jsonb,
      params jsonb,
      seed integer,
      refit jsonb,
      artifact_id uuid,
      revision integer NOT NULL,
      hash text NOT NULL,
      version integer NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CONSTRAINT model_pkey PRIMARY KEY (id)
    );
    CREATE INDEX model_owner_idx ON research.model (owner_id, id);

    CREATE TABLE research.model_revision (
      id uuid NOT NULL,
      revision integer NOT NULL,
      hash text NOT NULL,
      content jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT model_revision_pkey PRIMARY KEY (id, revision),
      CONSTRAINT model_revision_parent_fkey FOREIGN KEY (id) REFERENCES research.model(id) ON DELETE CASCADE
    );

    CREATE TABLE research.model_artifact (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      model_id uuid NOT NULL,
      model_revision integer NOT NULL,
      model_hash text NOT NULL,
      source text NOT NULL,
      symbol text NOT NULL,
      timeframe text NOT NULL,
      data_fingerprint text NOT NULL,
      train_start timestamptz NOT NULL,
      train_end timestamptz NOT NULL,
      uri text NOT NULL,
      sha256 text NOT NULL,
      metrics jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT model_artifact_pkey PRIMARY KEY (id),
      CONSTRAINT model_artifact_model_fkey FOREIGN KEY (model_id) REFERENCES research.model(id)
    );
    CREATE INDEX model_artifact_model_idx ON research.model_artifact (model_id, created_at);

    CREATE TABLE research.signal_logic (
      id uuid NOT NULL,
      owner_id uuid NOT NULL,
      name text NOT NULL,
      rule_tree jsonb NOT NULL,
      output_mode text NOT NULL,
      position_mode text NOT NULL,
      revision integer NOT NULL,
      hash text NOT NULL,
      version integer NOT NULL,
      created_at timestamptz NOT NULL,
      updated_at timestamptz NOT NULL,
      CONSTRAINT signal_logic_pkey PRIMARY KEY (id)
    );
    CREATE INDEX signal_logic_owner_idx ON research.signal_logic (owner_id, id);

    CREATE TABLE research.signal_logic_revision (
      id uuid NOT NULL,
      revision integer NOT NULL,
      hash text NOT NULL,
      content jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      CONSTRAINT signal_logic_revision_pkey PRIMARY KEY (id, revision),
      CONSTRAINT signal_logic_revision_parent_fkey FOREIGN KEY (id) REFERENCES research.signal_logic(id) ON DELETE CASCADE
    );

    -- The model of strategies whose rules read features alone: everyone's, owned by nobody.
    INSERT INTO research.model (id, owner_id, name, kind, feature_ids, revision, hash, version, created_at, updated_at)
    VALUES ('01890000-0000-7000-8000-000000000001', NULL, 'rule.identity', 'rule.identity', '[]', 1, '2d76aaeae21140d72b3e15289089204e27a248bcbdf6920e919ab73ec3a175e9', 1,
      '2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z');
    INSERT INTO research.model_revision (id, revision, hash, content, created_at)
    VALUES ('01890000-0000-7000-8000-000000000001', 1, '2d76aaeae21140d72b3e15289089204e27a248bcbdf6920e919ab73ec3a175e9', '{"kind": "rule.identity"}', '2024-01-01T00:00:00Z');
  `,
};

import { Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { answer, research } from '../../api/clients';
import { asProblem } from '../../api/problem';
import type { Feature } from '../../definitions/features-query';
import { ConfirmDialog } from '../../forms/confirm-dialog';
import { may, useSession } from '../../session/session';
import { ButtonLink } from '../../shell/links';
import { Page, Section } from '../../shell/page';
import { QueryView } from '../../states/query-view';
import { Facts } from '../../values/facts';
import { Time } from '../../values/time';
import { DatasetsSection } from './datasets/datasets-section';
import { FeatureForm, type FeatureFields } from './feature-form';
import { featurePluginsQuery, featureQuery } from './queries';

const route = getRouteApi('/app/features/$id');

/** A feature: its parameters, its datasets and what they look like. */
export function FeaturePage() {
  const { id } = route.useParams();
  const query = useQuery(featureQuery(id));
  const feature = query.data;
  const mayWrite = may(useSession(), 'research:write');
  const [editing, setEditing] = useState(false);
  return (
    <Page
      title={feature?.name ?? 'Feature'}
      lead={feature ? `${feature.plugin}, revision ${feature.revision}` : undefined}
      actions={
        <>
          <ButtonLink to="/features" variant="default">
            All features and models
          </ButtonLink>
          {feature && mayWrite && <RemoveButton feature={feature} />}
          {feature && mayWrite && !editing && <Button onClick={() => setEditing(true)}>Change</Button>}
        </>
      }
    >
      <QueryView query={query}>
        {(loaded) => (
          <>
            {editing ? (
              <Change key={loaded.version} feature={loaded} onDone={() => setEditing(false)} />
            ) : (
              <Parameters feature={loaded} />
            )}
            <DatasetsSection feature={loaded} />
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Parameters({ feature }: { feature: Feature }) {
  return (
    <Section title="Parameters">
      <Facts
        facts={[
          ...Object.entries(feature.params).map(
            ([name, value]) =>
              [
                name,
                <span key={name} className="breaks">
                  {String(value)}
                </span>,
              ] as const,
          ),
          ['Changed', <Time key="changed" value={feature.updated_at} />] as const,
        ]}
      />
    </Section>
  );
}

function Change({ feature, onDone }: { feature: Feature; onDone: () => void }) {
  const plugins = useQuery(featurePluginsQuery);
  const client = useQueryClient();
  const save = useMutation({
    mutationFn: (body: FeatureFields) =>
      answer(
        research.PATCH('/api/features/{id}', {
          params: { path: { id: feature.id }, header: { 'If-Match': `"${feature.version}"` } },
          body: body as never,
        }),
      ),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['feature'] });
      onDone();
    },
  });
  return (
    <Section title="Change it">
      <Text size="sm" c="dimmed">
        Changed parameters make a new revision. Strategies and models keep the one that they pin.
      </Text>
      <QueryView query={plugins}>
        {(items) => (
          <FeatureForm
            plugins={items}
            first={feature}
            action="Save"
            pending={save.isPending}
            problem={save.error ? asProblem(save.error) : undefined}
            onSend={(fields) => save.mutate(fields)}
          >
            <Button variant="default" onClick={onDone}>
              Cancel
            </Button>
          </FeatureForm>
        )}
      </QueryView>
    </Section>
  );
}

function RemoveButton({ feature }: { feature: Feature }) {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const client = useQueryClient();
  const remove = useMutation({
    mutationFn: () => answer(research.DELETE('/api/features/{id}', { params: { path: { id: feature.id } } })),
    onSuccess: async () => {
      await navigate({ to: '/features' });
      await client.invalidateQueries({ queryKey: ['feature'] });
    },
  });
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Delete
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Delete ${feature.name}`}
        action="Delete it"
        onConfirm={() => remove.mutate()}
        pending={remove.isPending}
        problem={remove.error}
      >
        <Text size="sm">Its datasets go with it. A feature that a strategy or a model refers to is not deleted.</Text>
      </ConfirmDialog>
    </>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { answer, research } from '../../api/clients';
import { asProblem } from '../../api/problem';
import { Page } from '../../shell/page';
import { QueryView } from '../../states/query-view';
import { FeatureForm, type FeatureFields } from './feature-form';
import { featurePluginsQuery } from './queries';

/** Defines a feature by one of the plugins. */
export function NewFeaturePage() {
  const plugins = useQuery(featurePluginsQuery);
  const navigate = useNavigate();
  const client = useQueryClient();
  const make = useMutation({
    mutationFn: (body: FeatureFields) =>
      answer(
        research.POST('/api/features', {
          body: body as never,
        }),
      ),
    onSuccess: async ({ id }) => {
      await client.invalidateQueries({ queryKey: ['feature'] });
      await navigate({ to: '/features/$id', params: { id } });
    },
  });
  return (
    <Page title="New feature" lead="A column of numbers over bars: an indicator, a formula, or a column as it is.">
      <QueryView query={plugins}>
        {(items) => (
          <FeatureForm
            plugins={items}
            action="Make the feature"
            pending={make.isPending}
            problem={make.error ? asProblem(make.error) : undefined}
            onSend={(fields) => make.mutate(fields)}
          />
        )}
      </QueryView>
    </Page>
  );
}

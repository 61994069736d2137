import { Button, Group, Stack, Stepper } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { allSeriesQuery } from '../../../definitions/series-query';
import { Page } from '../../../shell/page';
import { draftProblems, EMPTY_DRAFT, type Draft } from './draft';
import { ParametersStep } from './parameters-step';
import { ResultStep } from './result-step';
import { SeriesStep } from './series-step';
import { TemplateStep } from './template-step';

const STEPS = ['Bars', 'Idea', 'Numbers', 'Result'];

/** Four steps from a series of bars to an honest answer. */
export function NewStrategyPage() {
  const search = useSearch({ from: '/app/strategies/new' });
  const [step, setStep] = useState(0);
  const [draft, setDraft] = useState<Draft>(EMPTY_DRAFT);
  const series = useQuery(allSeriesQuery);
  const wanted = series.data?.find(
    (one) => one.symbol === search.symbol && (!search.source || one.source === search.source),
  );
  const current = draft.series === null && wanted ? { ...draft, series: wanted } : draft;
  const change = (changes: Partial<Draft>) => setDraft({ ...current, ...changes });
  const ready = [
    current.series !== null,
    current.template !== null,
    Object.keys(draftProblems(current)).length === 0,
    false,
  ][step];
  return (
    <Page title="New strategy" lead="From a series of bars to an honest answer, in about a minute.">
      <Stepper
        active={step}
        onStepClick={step === 3 ? undefined : setStep}
        allowNextStepsSelect={false}
        size="sm"
        iconSize={32}
        wrap={false}
        className="wizard-steps"
      >
        {STEPS.map((label) => (
          <Stepper.Step key={label} label={label} />
        ))}
      </Stepper>
      <Stack gap="lg" maw={920}>
        {step === 0 && (
          <SeriesStep query={series} chosen={current.series} onChoose={(one) => change({ series: one })} />
        )}
        {step === 1 && (
          <TemplateStep chosen={current.template} onChoose={(template) => change({ template, values: {}, name: '' })} />
        )}
        {step === 2 && <ParametersStep draft={current} onChange={change} />}
        {step === 3 && <ResultStep draft={current} onBack={() => setStep(2)} />}
        {step < 3 && (
          <Group justify="space-between">
            <Button variant="default" disabled={step === 0} onClick={() => setStep(step - 1)}>
              Back
            </Button>
            <Button disabled={!ready} onClick={() => setStep(step + 1)}>
              {step === 2 ? 'Make it and test it' : 'Next'}
            </Button>
          </Group>
        )}
      </Stack>
    </Page>
  );
}

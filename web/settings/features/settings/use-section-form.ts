import { useForm } from '@mantine/form';
import { useState } from 'react';
import type { EditedSections, PresentSettings } from './settings.ts';

/**
 * A form over sections of the settings: what it was filled from, and what was entered since then.
 *
 * @param valuesOf what the form shows of settings
 */
export function useSectionForm<V extends object>(present: PresentSettings, valuesOf: (present: PresentSettings) => V) {
  const [{ basis, before }, setStart] = useState(() => ({ basis: present, before: valuesOf(present) }));
  const form = useForm({ initialValues: before });
  const { values } = form;
  return {
    form,
    /** The settings that it was filled from, with what was saved since then. */
    basis,
    /** The values that stand for them. */
    before,
    /** For its SaveBar. */
    bar: {
      basedOn: basis.version,
      /** Called as it was made when that was sent: what was entered since then is not saved. */
      onSaved(version: number, sections: EditedSections) {
        setStart({ basis: withSaved(basis, version, sections), before: values });
        form.resetDirty(values);
      },
      onReset(fresh: PresentSettings) {
        const now = valuesOf(fresh);
        setStart({ basis: fresh, before: now });
        form.setValues(now);
        form.resetDirty(now);
      },
    },
  };
}

/** Of the settings that a form was filled from only its own sections are known to hold now. */
function withSaved({ settings }: PresentSettings, version: number, sections: EditedSections): PresentSettings {
  const there = Object.entries({ ...settings, ...sections }).filter(([, section]) => section !== null);
  return { version, settings: Object.fromEntries(there) as PresentSettings['settings'] };
}

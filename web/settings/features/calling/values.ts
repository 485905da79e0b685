import type { AccountSettings } from '../../../../proto/account-settings.ts';
import type { CallingOfEmployee, CallingOfPbx, CallingSettings } from '../../../../proto/calling/settings.ts';

/** As a form shows it; what is empty is as usual. */
export interface WayValues {
  channel: string;
  context: string;
  prefix: string;
  callerId: string;
  autoAnswer: NonNullable<CallingOfPbx['autoAnswer']> | '';
  ringSeconds: number | string;
}

export interface PbxValues extends WayValues {
  callerIdVariable: string;
  dialAs: NonNullable<CallingOfPbx['dialAs']> | '';
  countries: string[];
  refusedPrefixes: string[];
}

export interface EmployeeValues extends WayValues {
  extension: string;
  pbx: string;
  isOff: boolean;
}

export interface CallingValues {
  isOn: boolean;
  hasWidgetCards: boolean;
  mostPerMinute: number | string;
  tokensMayRepeat: boolean;
  pbxs: Record<string, PbxValues>;
  employees: EmployeeValues[];
}

/** @param pbxIds of the account: what the settings say of others is not shown */
export function valuesOf(
  { calling = {}, widgetCards = true }: Pick<AccountSettings, 'calling' | 'widgetCards'>,
  pbxIds: readonly string[],
): CallingValues {
  return {
    isOn: !calling.isOff,
    hasWidgetCards: widgetCards,
    mostPerMinute: calling.mostPerMinute ?? '',
    tokensMayRepeat: calling.tokensMayRepeat ?? false,
    pbxs: Object.fromEntries(pbxIds.map((id) => [id, valuesOfPbx(calling.pbxs?.[id])])),
    employees: Object.entries(calling.employees ?? {}).map(([extension, way]) => valuesOfEmployee(extension, way)),
  };
}

const valuesOfWay = (way: CallingOfEmployee | CallingOfPbx): WayValues => ({
  channel: way.channel ?? '',
  context: way.context ?? '',
  prefix: way.prefix ?? '',
  callerId: way.callerId ?? '',
  autoAnswer: way.autoAnswer ?? '',
  ringSeconds: way.ringSeconds ?? '',
});

const valuesOfPbx = (pbx: CallingOfPbx = {}): PbxValues => ({
  ...valuesOfWay(pbx),
  callerIdVariable: pbx.callerIdVariable ?? '',
  dialAs: pbx.dialAs ?? '',
  countries: pbx.countries ?? [],
  refusedPrefixes: pbx.refusedPrefixes ?? [],
});

export const valuesOfEmployee = (extension: string, way: CallingOfEmployee = {}): EmployeeValues => ({
  ...valuesOfWay(way),
  extension,
  pbx: way.pbx ?? '',
  isOff: way.isOff ?? false,
});

/**
 * The section `calling` as the form says it.
 *
 * @param before what it was: what the form does not show stays
 * @returns null if everything is as usual
 */
export function callingOf(values: CallingValues, before: CallingSettings = {}): CallingSettings | null {
  const hidden = Object.entries(before.pbxs ?? {}).filter(([id]) => !Object.hasOwn(values.pbxs, id));
  const shown = Object.entries(values.pbxs).map(([id, pbx]) => [id, pbxOf(pbx, before.pbxs?.[id])] as const);
  const calling: CallingSettings = filled({
    isOff: !values.isOn,
    mostPerMinute: values.mostPerMinute,
    tokensMayRepeat: values.tokensMayRepeat,
    pbxs: Object.fromEntries([...hidden, ...shown.filter(([, pbx]) => Object.keys(pbx).length > 0)]),
    employees: Object.fromEntries(values.employees.map(({ extension, ...way }) => [extension, filled(trimmed(way))])),
  });
  return Object.keys(calling).length > 0 ? calling : null;
}

function pbxOf(values: PbxValues, before: CallingOfPbx = {}): CallingOfPbx {
  const pbx: CallingOfPbx = filled({ ...trimmed(values), refusedPrefixes: values.refusedPrefixes.map(bareDigits) });
  // no country at all is not the same as only that of the PBX
  return before.countries?.length === 0 && values.countries.length === 0 ? { ...pbx, countries: [] } : pbx;
}

function trimmed<W extends WayValues>(way: W): W {
  const { channel, context, prefix, callerId } = way;
  const bare = { channel: channel.trim(), context: context.trim(), prefix: prefix.trim() };
  return { ...way, ...bare, callerId: callerId.replace(/[\s()-]/g, '') };
}

const bareDigits = (text: string): string => text.replace(/[\s+()-]/g, '');

/** Without what is empty. */
function filled(all: object): object {
  const isEmpty = (value: unknown) =>
    value === '' || value === false || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !isEmpty(value)));
}

import fc from 'fast-check';
import { readCdrRow } from './cdr.ts';
import { readCelRow } from './cel.ts';

const row = {
  id: 7,
  eventtype: 'CHAN_START',
  eventtime: '2026-11-23 10:12:15',
  cid_name: 'ООО "Ромашка" \ufffd',
  cid_num: '+79161234567',
  exten: '74951230001',
  context: 'from-pstn',
  channame: 'PJSIP/mtt-0000000a',
  appname: null,
  appdata: null,
  uniqueid: '1795417935.10',
  linkedid: '1795417935.10',
};

describe('a CEL row', () => {
  it('is read with nulls, missing optional columns, and any text in the name', () => {
    const reading = readCelRow(row, 'Europe/Moscow');
    expect(reading).toMatchObject({
      row: { id: 7, callerIdName: 'ООО "Ромашка" \ufffd', appName: '', callerIdAni: '', extra: {} },
    });
  });

  it.each(['{"cause":', '[1]', 'null', '"text"', ''])('is read without extra when that is %p', (extra) => {
    expect(readCelRow({ ...row, extra }, 'UTC')).toMatchObject({ row: { extra: {} } });
  });

  it.each([
    ['no time', { eventtime: '0000-00-00 00:00:00' }, 'eventtime'],
    ['a null time', { eventtime: null }, 'eventtime'],
    ['no linkedid', { linkedid: '' }, 'linkedid'],
    ['no id', { id: null }, 'id'],
    ['a hostile uniqueid', { uniqueid: '__proto__' }, 'uniqueid'],
  ])('is refused in words with %s', (_, change, named) => {
    const reading = readCelRow({ ...row, ...change }, 'UTC');
    expect(reading).toHaveProperty('refused');
    expect('refused' in reading && reading.refused).toContain(named);
  });

  it('of an unknown event type is kept', () => {
    expect(readCelRow({ ...row, eventtype: 'SOMETHING_NEW' }, 'UTC')).toHaveProperty('row.eventType', 'SOMETHING_NEW');
  });

  it.each(['DTMF', 'dtmf '])(
    'that tells which key was pressed (%s) is dropped, also if it could not be read',
    (eventtype) => {
      const dropped = { dropped: 'key press' };
      expect(readCelRow({ ...row, eventtype, extra: '{"digit":"7"}' }, 'UTC')).toEqual(dropped);
      expect(readCelRow({ ...row, eventtype, uniqueid: 'broken', extra: '{"digit":"7"}' }, 'UTC')).toEqual(dropped);
    },
  );

  it('is read or refused, never thrown over, whatever it is', () => {
    fc.assert(
      fc.property(fc.anything(), (raw) => {
        expect(Object.keys(readCelRow(raw, 'UTC'))).toHaveLength(1);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(row)), fc.anything(), (column, value) => {
        expect(Object.keys(readCelRow({ ...row, [column]: value }, 'UTC'))).toHaveLength(1);
      }),
    );
  });
});

describe('a CDR row', () => {
  it('is read with nulls', () => {
    const reading = readCdrRow({ uniqueid: '1.1', recordingfile: null, billsec: null });
    expect(reading).toMatchObject({ uniqueid: '1.1', recordingFile: '', billedSeconds: 0 });
  });

  it('that is unusable is left out', () => {
    expect(readCdrRow({ uniqueid: null })).toBeUndefined();
  });
});

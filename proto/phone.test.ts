import fc from 'fast-check';
import {
  isHiddenNumber,
  isWholeNumber,
  maskPhone,
  maskPhonesIn,
  normalisePhone,
  phoneKey,
  writtenPhone,
} from './phone.ts';

it.each([
  ['+7 903 555-00-41;ext=5', '79035550041'],
  ['sip:+79035550041@10.0.0.5:5060', '79035550041'],
  ['9035550042%0d%0aX-Evil: 1', '79035550042'],
  ['8 (903) 555-00-41', '79035550041'],
])('%s is read up to the end of the number', (raw, phone) => {
  expect(normalisePhone(raw, 'RU')).toBe(phone);
});

describe('one spelling for one client', () => {
  it.each(['89161234567', '+79161234567', '79161234567', '9161234567', '8 (916) 123-45-67', '+7 916 123-45-67'])(
    '%s',
    (spelling) => {
      expect(normalisePhone(spelling, 'RU')).toBe('79161234567');
    },
  );

  it('keeps foreign and short numbers', () => {
    expect(normalisePhone('+4930123456', 'RU')).toBe('4930123456');
    expect(normalisePhone('112', 'RU')).toBe('112');
    expect(normalisePhone('0611', 'RU')).toBe('0611');
  });

  it.each(['+4930123456', '004930123456', '8104930123456'])('knows a foreign client dialled as %s', (spelling) => {
    expect(normalisePhone(spelling, 'RU')).toBe('4930123456');
  });

  it('depends on the country of the PBX', () => {
    expect(normalisePhone('0501234567', 'UA')).toBe('380501234567');
    expect(normalisePhone('87011234567', 'KZ')).toBe('77011234567');
    expect(normalisePhone('03012345678', 'DE')).toBe('493012345678');
  });

  it('tells whole numbers from short ones and from those with digits before them', () => {
    expect(['89161234567', '79161234567', '9161234567', '+4930123456'].every((n) => isWholeNumber(n, 'RU'))).toBe(true);
    expect(['112', '1234567', '989161234567', '101', ''].some((n) => isWholeNumber(n, 'RU'))).toBe(false);
  });

  it('is stable: what is normalised stays as it is', () => {
    const numbers = fc.string({ unit: fc.constantFrom(...'0123456789+ ()-'), minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(numbers, (raw) => {
        const phone = normalisePhone(raw, 'RU');
        if (phone === null) return;
        expect(phone).toMatch(/^\d+$/);
        expect(phoneKey(normalisePhone(writtenPhone(phone), 'RU') ?? '')).toBe(phoneKey(phone));
      }),
      { examples: [['31000000000'], ['+31000000000']] },
    );
  });

  it('takes any text without failing, and gives digits or nothing', () => {
    fc.assert(
      fc.property(fc.string(), (raw) => {
        expect(normalisePhone(raw, 'RU') ?? '0').toMatch(/^\d+$/);
      }),
    );
  });
});

it.each(['', 'anonymous', 'Anonymous', 'unknown', 's', 'Restricted', '"><script>'])('%p is a hidden number', (raw) => {
  expect(isHiddenNumber(raw)).toBe(true);
  expect(normalisePhone(raw, 'RU')).toBeNull();
});

it('hides the middle of a phone from the Temporal UI', () => {
  expect(maskPhone('79161234567')).toBe('+7 916 •••-••-67');
  expect(maskPhone(null)).toBe('hidden number');
  expect(maskPhone('101')).toBe('101');
  expect(maskPhone('123456789012345678901234567890')).toBe('123•••90');
});

it('masks a phone in a text of others however it is written there, and nothing else', () => {
  const masked = '+7 916 •••-••-67';
  for (const written of ['+79161234567', '89161234567', '+7 (916) 123-45-67', '9161234567', '7 916 1234567']) {
    expect(maskPhonesIn(`phone ${written} is bad`, ['79161234567'])).toBe(`phone ${masked} is bad`);
  }
  const others = 'lead 1234567890, call 1795410757.37, 179161234567890';
  expect(maskPhonesIn(others, ['79161234567', null, '101'])).toBe(others);
});

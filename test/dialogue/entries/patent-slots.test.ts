import { areFull, fillSlots } from '../../../src/dialogue/entries/patent-slots';

const told = 'ZL202010345687.9、2021102345675、CN108123456B';
const open = [null, 'ZL202110234567.5', null];

it('keeps a place for each number and fills those that are right', () => {
  const filled = fillSlots(told, null);
  expect(filled?.slots).toEqual(open);
  expect(filled?.lines.join('\n')).toMatch(/①.*校验位不符.*\n②.*ZL202110234567\.5\n③.*公告号/);
});

it.each([
  ['by their place', '第三个是ZL201920876543.8，第一个是ZL202010345678.9'],
  ['in their order', 'ZL202010345678.9、ZL201920876543.8'],
])('takes mended numbers %s', (_how, text) => {
  const filled = fillSlots(text, open);
  expect(filled?.slots).toEqual(['ZL202010345678.9', 'ZL202110234567.5', 'ZL201920876543.8']);
  expect(filled && areFull(filled.slots)).toBe(true);
});

it('takes one of two and goes on wanting the other', () => {
  expect(fillSlots('ZL202010345678.9', open)?.slots).toEqual(['ZL202010345678.9', 'ZL202110234567.5', null]);
});

it('starts over when all numbers are given again', () => {
  const again = fillSlots('ZL202010345678.9、2021102345675、ZL201920876543.8', open);
  expect(again?.slots).toEqual(['ZL202010345678.9', 'ZL202110234567.5', 'ZL201920876543.8']);
});

it('does nothing about a message without numbers', () => {
  expect(fillSlots('免费', open)).toBeNull();
});

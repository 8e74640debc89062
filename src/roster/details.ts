/** What must hold of what 附件4 asks about a person, written in a file or said in a chat. */

/** 张 三: set apart for looks, where a Latin name keeps its spaces. */
const spaceInName = /(?<=\p{Script=Han}) +(?=\p{Script=Han})/gu;
const mobilePattern = /^1[3-9]\d{9}$/;
const officePhonePattern = /^[\d\-() /转]{3,40}$/;
/** As strict as to catch a slip of the pen; whether the address exists only a mail can tell. */
const emailPattern = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$/;

/** The most that storage keeps, in characters. */
export const longestDetail = { name: 50, title: 100, officePhone: 40, email: 190 } as const;

export function bareName(typed: string): string {
  return typed.replaceAll(spaceInName, '');
}

/** Without the country code and what people put between digits. */
export function bareMobile(typed: string): string {
  return typed.replaceAll(/[\s\-()]/g, '').replace(/^(\+|00)?86(?=1\d{10}$)/, '');
}

export const isMobile = (mobile: string): boolean => mobilePattern.test(mobile);
export const isOfficePhone = (phone: string): boolean => officePhonePattern.test(phone);
export const isEmail = (email: string): boolean => emailPattern.test(email);

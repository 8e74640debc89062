/** What must hold of each column, and what is said when it does not: the value, the reason, what to do. */
import { bareMobile, bareName, isEmail, isMobile, isOfficePhone, longestDetail } from '../roster/details';
import type { DetailField } from './columns';

export type CheckedDetail =
  | { readonly ok: true; readonly value: string }
  /** `reason` continues the value: 1380013800 只有10位. */
  | { readonly ok: false; readonly reason: string };

const valid = (value: string): CheckedDetail => ({ ok: true, value });
const wrong = (reason: string): CheckedDetail => ({ ok: false, reason });

const checks: Readonly<Record<DetailField, (typed: string) => CheckedDetail>> = {
  name: checkName,
  title: (typed) => checkLength(typed, longestDetail.title),
  officePhone: checkOfficePhone,
  mobile: checkMobile,
  email: checkEmail,
};

export function checkDetail(field: DetailField, typed: string): CheckedDetail {
  return checks[field](typed.trim());
}

function checkName(typed: string): CheckedDetail {
  const name = bareName(typed);
  return /^[\p{L}\p{M}·. ]{2,}$/u.test(name) ? checkLength(name, longestDetail.name) : wrong('不像姓名');
}

function checkLength(value: string, most: number): CheckedDetail {
  return value.length <= most ? valid(value) : wrong(`超过${most}个字`);
}

function checkMobile(typed: string): CheckedDetail {
  const mobile = bareMobile(typed);
  if (isMobile(mobile)) return valid(mobile);
  if (!/^\d+$/.test(mobile)) return wrong('不是11位数字');
  if (mobile.length === 11) return wrong('应以13至19开头');
  return wrong(mobile.length < 11 ? `只有${mobile.length}位` : `有${mobile.length}位，应为11位`);
}

/** 0376-8888123转801: an area code and an extension may stand with the number. */
function checkOfficePhone(typed: string): CheckedDetail {
  const phone = typed.replace(/\s*(?:分机号?|内线|ext\.?)\s*/i, '转').replaceAll(/\s*转\s*/g, '转');
  const [number = ''] = phone.split('转');
  const digits = number.replaceAll(/\D/g, '').length;
  if (digits === 0 || !isOfficePhone(phone)) return wrong('不是电话号码');
  if (digits < 7) return wrong(`只有${digits}位，请连区号一起写`);
  return digits > 16 ? wrong(`有${digits}位，太长了`) : valid(phone);
}

function checkEmail(typed: string): CheckedDetail {
  const email = typed.replaceAll(/\s/g, '');
  if (!email.includes('@')) return wrong('缺少@');
  return isEmail(email) ? checkLength(email, longestDetail.email) : wrong('不是完整的邮箱地址');
}

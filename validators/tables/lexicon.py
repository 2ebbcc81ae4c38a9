"""The words by which headings tell what a column holds, without accents and in small letters."""

from __future__ import annotations

import re

from validators.tables.model import Role

_COUNTED = (
    "nguoi|lop|ngay|buoi|lan|nam|thang|quyen|bo|xa|huyen|ho|luot|cuoc|gio|tiet|dot|tap|trang|chuyen|suat|dem|phong|"
    "website|truong|dan|doanh nghiep|hoc vien|dai bieu|hoi nghi|don vi|cong trinh|mo hinh|san pham|gian hang|co so|"
    "giao vien|hoc sinh|bien che"
)
_PATTERNS = (
    (Role.NUMBER, r"(?:stt|tt|t t|s t t|so tt|so thu tu)$"),
    (Role.MEASURE, r"(?:don vi tinh|dvt|dv tinh|don vi do|dv)\b|unit$"),
    (Role.NOTE, r"(?:ghi chu|notes?|remarks?|can cu|luu y|giai trinh|co so tinh|thuyet minh|van ban)\b"),
    (Role.START, r"(?:nam |thoi gian )?(?:bat dau|khoi cong)|tu (?:nam|thang)$|nam kc"),
    (Role.END, r"(?:nam |thoi gian )?(?:ket thuc|hoan thanh)|den (?:nam|thang)$|nam ht"),
    (
        Role.SCHEDULE,
        r"thoi gian|tien do|thoi diem|lo trinh|thoi han|nam thuc hien$|kc ht|khoi cong hoan thanh",
    ),
    (
        Role.AGENCY,
        r"(?:(?:don vi|co quan|to chuc|ca nhan)? ?(?:chu tri|phoi hop|thuc hien|chu quan|quan ly)$|chu dau tu|"
        r"(?:don vi|co quan) .*(?:chu tri|phoi hop|thuc hien|quan ly|lap|su dung|ban hanh)|dau moi|phan cong|"
        r"trach nhiem)",
    ),
    (
        Role.OBJECTIVE,
        r"muc tieu|san pham|ket qua|muc dich|yeu cau|hieu qua|dau ra|dia diem|pham vi|doi tuong|noi thuc hien|"
        r"quyet dinh|so quyet dinh|hinh thuc|phuong thuc|nang luc|loai hop dong",
    ),
    (
        Role.RATIO,
        r"(?:ty le|ti le|ty trong|co cau|so sanh|dat|binh quan|trung binh|mat do|%)(?:\b|$)|"
        r".*\b(?:ty le|so sanh|binh quan)\b",
    ),
    (
        Role.UNIT_PRICE,
        r"don gia|muc (?:chi|gia|ho tro|thu|dong|khoan|luong|phu cap|hoc phi)\b|dinh muc|gia don vi|gia$|"
        r"suat dau tu|unit (?:price|cost)|price",
    ),
    (
        Role.QUANTITY,
        rf"(?:so luong|soluong|sl|quantity|qty|khoi luong|kl|so (?:{_COUNTED})|quy mo|he so|tong he so|"
        r"dien tich|dan so|bien che|chieu dai|cong suat|tong so (?:nguoi|xa|ho|bien che))\b",
    ),
    (
        Role.OTHER,
        r"(?:ma|ma so|so hieu|so dien thoai|dien thoai|chuong|loai|khoan|tieu muc|muc$|ky hieu|muc luc|so tk|"
        r"so tai khoan)(?:\b|$)",
    ),
)
LABELS = tuple((role, re.compile(f"(?:{pattern})")) for role, pattern in _PATTERNS)
CONTENT = re.compile(
    r"(?:noi dung|hang muc|nhiem vu|danh muc|ten|dien giai|chi tieu|cong viec|khoan muc|chuong trinh|du an|mo ta|"
    r"hoat dong|dia phuong|chi phi|don vi|de an|kinh phi|muc chi|nguon von|nguon kinh phi|nguon|co quan|linh vuc|"
    r"loai|nhom|so .*|item|description|activity|content)"
)
AMOUNT = re.compile(
    r"(?:kinh phi|thanh tien|so tien|du toan|gia tri|von|tong muc|nhu cau|ke hoach|cong|thuc hien|uoc|luy ke|so von|"
    r"khai toan|chi phi|quyet toan|phan bo|chi|thu|tien|bo tri|giai ngan|tong|ho tro|bo sung|tang|giam|chenh|con lai|"
    r"dieu (?:chuyen|chinh)|cat giam|amount|cost|budget|value)\b"
)

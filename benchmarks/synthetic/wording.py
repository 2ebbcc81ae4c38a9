"""The words of made-up appendices: what such documents say, and none of what the reference documents say."""

from __future__ import annotations

from random import Random

from budget.money import Unit

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "Tuyên truyền, phổ biến pháp luật",
        (
            "In ấn, phát hành tờ rơi tuyên truyền",
            "Xây dựng chuyên mục trên Báo và Đài Phát thanh - Truyền hình tỉnh",
            "Tổ chức hội nghị quán triệt, triển khai văn bản mới",
            "Tổ chức cuộc thi tìm hiểu pháp luật trực tuyến",
            "Biên soạn tài liệu hỏi đáp cho cán bộ cơ sở",
            "Hỗ trợ hoạt động của báo cáo viên pháp luật",
            "Lắp đặt pa nô, khẩu hiệu tại các xã, phường",
        ),
    ),
    (
        "Đào tạo, bồi dưỡng nguồn nhân lực",
        (
            "Bồi dưỡng nghiệp vụ cho công chức cấp xã",
            "Đào tạo nghề cho lao động nông thôn",
            "Tập huấn sử dụng phần mềm quản lý văn bản",
            "Bồi dưỡng kiến thức quốc phòng và an ninh",
            "Cử cán bộ tham gia khóa đào tạo chuyên sâu",
            "Tổ chức lớp tập huấn kỹ năng chuyển đổi số",
            "Bồi dưỡng giáo viên dạy tiếng Anh",
            "Tập huấn phòng cháy, chữa cháy rừng",
        ),
    ),
    (
        "Đầu tư cơ sở vật chất trường học",
        (
            "Xây dựng 12 phòng học Trường THCS Nguyễn Trãi",
            "Cải tạo nhà hiệu bộ Trường Tiểu học Kim Đồng",
            "Mua sắm thiết bị dạy học tối thiểu lớp 9",
            "Xây dựng nhà vệ sinh đạt chuẩn",
            "Sửa chữa nhà đa năng Trường THPT Lê Lợi",
            "Mua sắm bàn ghế học sinh",
            "Xây dựng bếp ăn bán trú",
            "Trang bị phòng máy tính",
        ),
    ),
    (
        "Nâng cấp hạ tầng giao thông nông thôn",
        (
            "Cứng hóa đường trục thôn",
            "Nâng cấp đường liên xã",
            "Xây dựng cầu dân sinh",
            "Duy tu, bảo dưỡng đường tỉnh",
            "Lắp đặt hệ thống chiếu sáng công cộng",
            "Bồi thường, giải phóng mặt bằng",
            "Xây dựng rãnh thoát nước dọc",
            "Cắm biển báo, kẻ vạch sơn đường",
        ),
    ),
    (
        "Ứng dụng công nghệ thông tin, chuyển đổi số",
        (
            "Thuê dịch vụ trung tâm dữ liệu",
            "Nâng cấp cổng dịch vụ công trực tuyến",
            "Xây dựng cơ sở dữ liệu đất đai",
            "Mua bản quyền phần mềm diệt vi rút",
            "Số hóa hồ sơ, tài liệu lưu trữ",
            "Triển khai hệ thống họp trực tuyến",
            "Bảo trì mạng truyền số liệu chuyên dùng",
            "Kiểm tra, đánh giá an toàn thông tin mạng",
        ),
    ),
    (
        "Phát triển nông nghiệp, nông thôn mới",
        (
            "Hỗ trợ giống lúa chất lượng cao",
            "Xây dựng mô hình trồng rau an toàn",
            "Hỗ trợ phát triển sản phẩm OCOP",
            "Tiêm phòng vắc xin cho gia súc, gia cầm",
            "Kiên cố hóa kênh mương nội đồng",
            "Chuyển đổi cơ cấu cây trồng trên đất dốc",
            "Hỗ trợ hợp tác xã mua máy nông nghiệp",
            "Xây dựng công trình cấp nước sạch tập trung",
        ),
    ),
    (
        "Chăm sóc sức khỏe Nhân dân",
        (
            "Khám sức khỏe định kỳ cho người cao tuổi",
            "Mua sắm trang thiết bị cho trạm y tế",
            "Phun hóa chất phòng, chống sốt xuất huyết",
            "Hỗ trợ mua thẻ bảo hiểm y tế cho hộ cận nghèo",
            "Cải tạo khoa khám bệnh Trung tâm Y tế",
            "Truyền thông dân số và phát triển",
            "Bổ sung cơ số thuốc phòng, chống dịch",
        ),
    ),
    (
        "Bảo tồn và phát huy giá trị văn hóa",
        (
            "Tu bổ di tích lịch sử cấp tỉnh",
            "Tổ chức lễ hội truyền thống đầu xuân",
            "Truyền dạy dân ca, dân vũ",
            "Sưu tầm, phục chế hiện vật bảo tàng",
            "Xây dựng nhà văn hóa thôn",
            "Biên soạn sách ảnh về di sản địa phương",
            "Trang bị tủ sách cho thư viện xã",
        ),
    ),
    (
        "Giảm nghèo và an sinh xã hội",
        (
            "Hỗ trợ xóa nhà tạm, nhà dột nát",
            "Nhân rộng mô hình sinh kế bền vững",
            "Trợ giúp pháp lý cho người nghèo",
            "Hỗ trợ học bổng cho học sinh dân tộc thiểu số",
            "Điều tra, rà soát hộ nghèo, hộ cận nghèo",
            "Hỗ trợ tiền điện cho hộ chính sách",
        ),
    ),
    (
        "Bảo vệ môi trường",
        (
            "Thu gom, xử lý rác thải sinh hoạt",
            "Quan trắc chất lượng nước mặt",
            "Trồng cây xanh phân tán",
            "Khắc phục sạt lở bờ sông",
            "Kiểm kê phát thải khí nhà kính",
            "Cải tạo ao hồ, khơi thông dòng chảy",
        ),
    ),
    (
        "Kiểm tra, giám sát, tổng kết",
        (
            "Kiểm tra, giám sát định kỳ tại cơ sở",
            "Sơ kết, tổng kết, khen thưởng",
            "Khảo sát mức độ hài lòng của người dân",
            "Thuê tư vấn đánh giá độc lập",
            "Văn phòng phẩm, xăng xe, công tác phí",
        ),
    ),
)
PLACES = (
    "xã An Phú", "xã Bình Minh", "phường Đông Hải", "xã Hòa Sơn", "xã Long Thạnh", "xã Mỹ Lộc", "phường Tân Lợi",
    "xã Phước Thành", "xã Quảng Yên", "xã Thanh Bình", "xã Vĩnh Hưng", "phường Hải Châu", "xã Trà Giang", "xã Cam Lộ",
)  # fmt: skip
SOURCES: tuple[tuple[str, ...], ...] = (
    ("Ngân sách trung ương", "Ngân sách tỉnh", "Ngân sách xã"),
    ("NSTW", "NSĐP", "Xã hội hóa"),
    ("Ngân sách nhà nước", "Quỹ phát triển hoạt động sự nghiệp", "Nguồn hợp pháp khác"),
    ("Vốn đầu tư phát triển", "Vốn sự nghiệp"),
    ("Trung ương", "Địa phương"),
    ("NS tỉnh", "NS cấp xã", "Doanh nghiệp đóng góp", "Nguồn khác"),
    ("Ngân sách tỉnh", "Vốn lồng ghép", "Vốn tín dụng", "Nhân dân đóng góp"),
)
COSTS: tuple[tuple[str, str, int], ...] = (  # what, the unit it is counted in, the usual price in nghìn đồng
    ("Thù lao giảng viên", "buổi", 1000),
    ("Hỗ trợ tiền ăn học viên", "người", 150),
    ("Thuê hội trường, âm thanh, ánh sáng", "ngày", 4500),
    ("In, đóng quyển tài liệu", "bộ", 45),
    ("Nước uống giữa giờ", "người", 40),
    ("Trang trí khánh tiết, phông chữ", "lớp", 2500),
    ("Thuê xe đưa đón đại biểu", "chuyến", 3200),
    ("Máy tính để bàn", "bộ", 14500),
    ("Máy in la de A4", "cái", 5200),
    ("Bàn ghế học sinh hai chỗ ngồi", "bộ", 1350),
    ("Máy chiếu và màn chiếu", "bộ", 18500),
    ("Tủ đựng hồ sơ", "cái", 3800),
    ("Điều hòa không khí 12.000 BTU", "cái", 11200),
    ("Camera giám sát", "cái", 2650),
    ("Giống cây keo lai", "nghìn cây", 1200),
    ("Phân bón hữu cơ vi sinh", "tấn", 6500),
    ("Bồi dưỡng tổ giúp việc", "tháng", 1800),
    ("Thuê chuyên gia tư vấn", "tháng", 22000),
    ("Phụ cấp lưu trú", "ngày", 250),
    ("Phòng nghỉ cho báo cáo viên", "đêm", 600),
    ("Giấy mời, bì thư", "bộ", 12),
    ("Văn phòng phẩm cho học viên", "bộ", 35),
    ("Bảng tương tác thông minh", "cái", 46000),
    ("Loa kéo di động", "cái", 7800),
    ("Bình chữa cháy bột", "bình", 420),
    ("Áo đồng phục tình nguyện viên", "chiếc", 130),
    ("Khảo sát, lập hồ sơ hộ gia đình", "hộ", 90),
    ("Viết bài chuyên đề", "bài", 1500),
    ("Phát sóng phóng sự truyền hình", "kỳ", 8500),
    ("Thiết bị định tuyến mạng", "cái", 9700),
)
AGENCIES = (
    "Sở Tài chính", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Sở Nông nghiệp và Môi trường", "Sở Xây dựng", "Sở Nội vụ",
    "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch", "Công an tỉnh", "UBND các xã, phường",
)  # fmt: skip
TOTALS = ("Tổng cộng", "TỔNG CỘNG", "Tổng số", "TỔNG SỐ", "Tổng kinh phí", "Tổng cộng:")
SUBTOTALS = ("Cộng", "Cộng:", "Cộng mục {}", "Cộng ({})", "Tổng mục {}")
MEMOS = ("Trong đó:", "Trong đó", "Nguồn kinh phí:", "Chia theo nguồn vốn:")
SUBJECTS = (
    "chương trình phát triển kinh tế tập thể",
    "đề án nâng cao chất lượng giáo dục vùng khó khăn",
    "kế hoạch chuyển đổi số",
    "chương trình mục tiêu quốc gia xây dựng nông thôn mới",
    "đề án phòng, chống thiên tai",
    "kế hoạch bảo vệ, chăm sóc trẻ em",
)
UNIT_NAMES: dict[Unit, tuple[str, ...]] = {
    Unit.DONG: ("đồng", "Đồng", "VNĐ"),
    Unit.THOUSAND: ("nghìn đồng", "ngàn đồng", "1.000 đồng"),
    Unit.MILLION: ("triệu đồng", "Triệu đồng", "tr.đồng"),
    Unit.BILLION: ("tỷ đồng", "Tỷ đồng"),
}
UNIT_LINES = ("Đơn vị tính: {}", "Đơn vị: {}", "ĐVT: {}", "(Đơn vị tính: {})")
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LETTERS = "ABCDEFGHIKLMN"
SMALL = ("a", "b", "c", "d", "đ", "e", "g", "h", "i", "k", "l", "m")


_NUMBERINGS: dict[int, tuple[tuple[str, ...], ...]] = {
    1: (("1",),),
    2: (("I", "1"), ("A", "1"), ("1", "1.1"), ("1", "a"), ("I", "-"), ("A", "I"), ("1", "-")),
    3: (("I", "1", "a"), ("I", "1", "1.1"), ("A", "I", "1"), ("1", "1.1", "1.1.1"), ("I", "1", "-"), ("1", "a", "-"),
        ("A", "1", "a"), ("A", "1", "1.1")),
    4: (("A", "I", "1", "a"), ("I", "1", "a", "-"), ("A", "I", "1", "1.1"), ("I", "1", "1.1", "-")),
}  # fmt: skip


def unused(rng: Random, used: set[str], label: str) -> str:
    """The label, told apart by places where the document has it already."""
    text, joint = label, " tại "
    while text in used:
        text, joint = f"{text}{joint}{rng.choice(PLACES)}", ", "
    used.add(text)
    return text


def title(rng: Random, first: int, last: int) -> list[str]:
    """The lines above a table."""
    lines = [rng.choice(("PHỤ LỤC", "Phụ lục I", "PHỤ LỤC 02", "BIỂU SỐ 03", "Biểu số 01"))]
    heading = rng.choice(("Dự toán kinh phí thực hiện", "Tổng hợp kinh phí", "Khái toán kinh phí thực hiện"))
    lines.append(f"{heading} {rng.choice(SUBJECTS)} giai đoạn {first} - {last}".upper())
    act = rng.choice(("Quyết định", "Nghị quyết", "Kế hoạch"))
    lines.append(f"(Kèm theo {act} số {rng.randint(11, 3200)}/2025 ngày {rng.randint(10, 28)} tháng 11 năm 2025)")
    return lines


def signature(rng: Random) -> list[str]:
    """The lines below a table, or none."""
    return rng.choice(
        (
            [],
            ["Ghi chú: Nguồn khác là nguồn huy động hợp pháp theo quy định."],
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
        )
    )


def numbering(rng: Random, depth: int) -> tuple[str, ...]:
    """How each level of a tree of `depth` levels is numbered."""
    return rng.choice(_NUMBERINGS[depth])


def number(style: str, place: int, above: str) -> str:
    """The number of the row at `place` (from 0) below the row numbered `above`."""
    match style:
        case "I":
            return ROMAN[place]
        case "A":
            return LETTERS[place]
        case "a":
            return SMALL[place]
        case "-":
            return "-"
        case "1":
            return str(place + 1)
        case _:
            return f"{above}.{place + 1}"

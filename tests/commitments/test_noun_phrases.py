"""A name that only holds the word of an indicator does not mean it."""

from __future__ import annotations

import re

import pytest

from pipeline.commitments.indicators import indicator_id_of
from pipeline.commitments.noun_phrases import is_meant


@pytest.mark.parametrize(
    ("name", "measure", "unit", "wanted"),
    [
        # What closes the name is the thing.
        ("在校学生", "count", "人", "students"),
        ("大学生创业团队", "count", "个", "talent_teams"),
        ("大学生创业服务中心", "count", "个", None),
        ("公交候车亭", "count", "个", None),
        ("新能源公交车", "count", "辆", "buses"),
        ("民营科技企业园区", "count", "个", None),
        ("水库移民", "count", None, None),
        ("老旧小区消防设施", "count", "个", None),
        ("老旧小区改造项目", "count", "个", "housing_renewal"),
        ("规上工业企业数字化转型", "count", "家", None),
        ("卫生院中医馆", "count", "个", None),
        # What closes a list is what all of it is for.
        ("学校、医院供暖", "count", "所", None),
        ("幼儿园、中小学", "count", "所", "schools"),
        ("城区学校人行天桥", "count", "座", None),
        ("税收的优势产业集群", "level", "元", "industry_cluster"),
        ("老旧小区绿化景观", "count", "个", None),
        ("公共停车场（库）", "count", "个", "parking"),
        # A sum for each mu or person is no sum.
        ("园区亩均产值", "growth_rate", "%", None),
        ("亩均税收", "growth_rate", "%", None),
        ("居民人均储蓄存款", "level", "元", None),
        ("农村低保月人均标准", "level", "元", "dibao"),
        # A narrower indicator has its own entry.
        ("高速公路", "increase", "公里", "motorway_km"),
        ("农村公路", "count", "公里", "rural_road_km"),
        ("农产品加工业产值", "level", "元", "processing_output"),
        ("工农业总产值", "growth_rate", "%", None),
        ("城市居民人均可支配收入", "growth_rate", "%", "urban_income_growth"),
        ("农村牧区常住居民人均可支配收入", "growth_rate", "%", "rural_income_growth"),
        ("城镇和农村居民人均可支配收入", "growth_rate", "%", "income_growth"),
        ("普惠小微企业贷款", "growth_rate", "%", "sme_loans_growth"),
        ("小额担保贷款", "increase", "元", "microloans"),
        ("专利申请", "increase", "件", "patent_applications"),
        ("可再生能源发电装机", "level", "千瓦", "renewable_power"),
        # A rate is no number of things, and a machine is no project.
        ("农村卫生厕所普及率", "share", "%", "toilets_rate"),
        ("公交出行分担率", "share", "%", "transit_share"),
        ("低保对象医疗救助比例", "share", "%", None),
        ("重大工业项目", "count", "台", None),
        ("家庭医生签约服务", "count", "人", "health_checks"),
        ("外省资金", "growth_rate", "%", None),
        ("城镇人口", "share", "%", None),
        ("人口自然增长率", "level", "‰", "population_growth"),
        ("商标注册企业", "increase", "家", None),
        ("创新型龙头企业", "count", "家", None),
    ],
)
def test_what_closes_the_name_decides(name: str, measure: str, unit: str | None, wanted: str | None) -> None:
    assert indicator_id_of(name, measure, unit) == wanted


def test_the_catalogue_allows_nouns_behind_the_words() -> None:
    found = re.search("敬老", "敬老园区")
    assert found is not None
    assert not is_meant("敬老园区", found, "count", None)
    assert is_meant("敬老园区", found, "count", re.compile("园区$"))


def test_a_list_is_read_up_to_its_first_item() -> None:
    found = re.search("学校", "学校和学生食堂")
    assert found is not None
    assert is_meant("学校和学生食堂", found, "count", None)

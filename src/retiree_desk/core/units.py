"""Addresses and the names of places: read into building and door, sorted with numbers as numbers.

`read_address` and the keys stand here under one name for everybody; the work is in
`address_text` and `place_keys`.
"""

from retiree_desk.core.address_text import Address, address_text, read_address
from retiree_desk.core.place_keys import building_key, place_key

__all__ = ["Address", "address_text", "building_key", "place_key", "read_address"]
